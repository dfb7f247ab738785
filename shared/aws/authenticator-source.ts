/** The authenticator log of many clusters into authenticator.log of each: lines that matter whole, everything else folded. */
import type { ClusterPlace } from '../ports.ts';
import { type ClusterFiles, findCluster } from './cluster-files.ts';
import type { QueryRow } from './insights-query.ts';
import { type LogReading, readLogGroups } from './log-reading.ts';
import { callerOf, type FoldedLogins, foldLogins, joinSessions, type LoginRow } from './login-rows.ts';
import { buildAuthenticatorLines, MOST_KNOWN } from './queries/authenticator-lines.ts';
import { AUTHENTICATOR_LOGINS } from './queries/authenticator-logins.ts';

export const AUTHENTICATOR_PREFIX = 'authenticator-';

/** Gives the bytes that were scanned. */
export async function readAuthenticator(
  reading: LogReading,
  files: ClusterFiles,
  allKnownAdmins: readonly string[],
): Promise<number> {
  const knownAdmins = allKnownAdmins.slice(0, MOST_KNOWN);
  const { logins, bytes } = await readFoldedLogins(reading);
  const isWanted = (login: LoginRow): boolean => isWantedWhole(login, knownAdmins);
  const ids = new Set(logins.flatMap((of) => of.logins.filter(isWanted).flatMap((login) => idOf(login) ?? [])));
  const text = buildAuthenticatorLines({ ids: [...ids].sort(), knownAdmins });
  const more = await readLogGroups(reading, { text, take: files.take });
  for (const { cluster, ...of } of logins) {
    // Whole lines stand for these logins already, unless they could not be read.
    const isCovered = reading.notes.isWhole(cluster);
    const rows = joinSessions(of).filter((login) => !isCovered || !isWanted(login));
    if (rows.length > 0) await files.write(cluster, rows.map(renderRow).join(''));
  }
  return bytes + more;
}

/** Who logged in to each cluster, in one query. */
export async function readFoldedLogins(reading: LogReading): Promise<{
  readonly logins: readonly (FoldedLogins & { readonly cluster: ClusterPlace })[];
  readonly bytes: number;
}> {
  const byGroup = new Map(reading.groups.map(({ logGroup, cluster }) => [logGroup, cluster]));
  const folded = new Map<ClusterPlace, QueryRow[]>();
  const bytes = await readLogGroups(reading, {
    text: AUTHENTICATOR_LOGINS,
    isAggregate: true,
    take: async (rows) => {
      for (const row of rows) {
        const cluster = findCluster(row, byGroup);
        const known = folded.get(cluster);
        if (known === undefined) folded.set(cluster, [row]);
        else known.push(row);
      }
    },
  });
  return { logins: [...folded].map(([cluster, rows]) => ({ cluster, ...foldLogins(rows) })), bytes };
}

/** As the query for lines words it. */
function isWantedWhole({ arn, username, groups }: LoginRow, knownAdmins: readonly string[]): boolean {
  if (arn !== null && knownAdmins.includes(arn)) return false;
  return /system:masters/.test(`${username} ${groups}`) || (arn?.endsWith(':root') ?? false);
}

/** What their session lines carry as `userid`. */
function idOf(login: LoginRow): string | null {
  return callerOf(login)?.split(':')[1] ?? null;
}

/** A line of authenticator.log. */
export function renderRow(row: LoginRow): string {
  const cells = Object.entries(row).filter(([, value]) => value !== null);
  return `${JSON.stringify(Object.fromEntries(cells))}\n`;
}
