/** How the logins of a cluster were asked for between two audits into what its coverage says of that. */
import type { StatedCoverage } from '../model/coverage.ts';
import type { ClusterLoginQueries, LoginGap } from '../model/remembered.ts';
import type { ClusterPlace, FindingStore } from '../ports.ts';
import { rowOf } from './login-queries.ts';
import { readRow } from './remembered-row.ts';

/** Of a cluster without a log there is nothing to subscribe to. */
export function wordLoginQueries({ isLogged, subscriptions, gaps }: ClusterLoginQueries): readonly string[] {
  return [...(isLogged ? wordSubscriptions(subscriptions) : []), ...gaps.map(wordGap)];
}

function wordSubscriptions({
  lookedAt,
  changes,
  logins,
  reason,
}: ClusterLoginQueries['subscriptions']): readonly string[] {
  if (lookedAt === null) return [];
  const told = 'denied logins, broken mappings and break-glass logins are asked for every few minutes';
  if (reason !== null) return [`${told}, since the subscriptions of the log group could not be read (${reason})`];
  return [
    ...(logins ? [] : [`${told}, since keyholder-logins has no slot in the log group`]),
    ...(changes ? [] : ['changes of RBAC and aws-auth wait for an audit, since keyholder-changes is not attached']),
  ];
}

function wordGap({ from, to, reason, isLost }: LoginGap): string {
  const which = `logins from ${from} ${to === null ? 'on' : `to ${to}`}`;
  return `${which} were ${isLost || to === null ? 'not asked for' : 'asked for late'} between two audits: ${reason}`;
}

const DAY_MS = 24 * 3_600_000;

/** Beside what an audit itself reads of the log, from which such a row takes nothing away. */
export async function recallLoginQueries(
  store: FindingStore,
  place: ClusterPlace,
  now: string,
): Promise<readonly StatedCoverage[]> {
  const { account, region, name } = place;
  const state = (await readRow(store, rowOf(place)))?.clusters.find((candidate) => candidate.name === name);
  if (state === undefined) return [];
  const { readTo, isLogged } = state;
  const isOld = isLogged && readTo !== null && Date.parse(now) - Date.parse(readTo) > DAY_MS;
  const last = isOld ? [`logins between two audits were last asked for up to ${readTo}`] : [];
  const reason = [...wordLoginQueries(state), ...last].join('; ');
  const at = { source: 'authenticator-log', account, region, cluster: name, part: null } as const;
  return reason === '' ? [] : [{ ...at, status: 'complete', window: null, reason }];
}
