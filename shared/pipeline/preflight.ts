/** The story of a preflight: accounts, regions, clusters, one small call for each right, and what each gap leaves open. */

import { mapBounded } from '../bounded.ts';
import { UNANSWERED } from '../explain/unanswered.ts';
import type { LiveProbes } from '../live-ports.ts';
import type { Preflight, PreflightRow, Probe } from '../model/preflight.ts';
import { describeThrown } from './live-attempt.ts';
import { isClusterName } from './live-scope.ts';

const AT_ONCE = 4;

export interface PreflightRequest {
  readonly regions: readonly string[];
  /** The only cluster to look at; null: all of each region. */
  readonly cluster: string | null;
  readonly now: string;
}

export interface ProbedAccount {
  readonly name: string;
  readonly account: string | null;
  readonly open: () => Promise<LiveProbes>;
}

/** Throws what the only account threw: without a login nothing can be tried. */
export async function preflight(accounts: readonly ProbedAccount[], request: PreflightRequest): Promise<Preflight> {
  const callers: string[] = [];
  const rows = await mapBounded(accounts, AT_ONCE, async (entry) => {
    try {
      const probes = await entry.open();
      const { arn, account } = await probes.readCaller();
      callers.push(arn);
      return await probeAccount(probes, account, request);
    } catch (error) {
      if (accounts.length === 1) throw error;
      const place = { account: entry.account ?? 'unknown', region: null, cluster: null };
      const reason = `${entry.name}: ${describeThrown(error)}`;
      return [toRow({ source: 'eks-api', action: 'sts:AssumeRole', status: 'denied', reason, mend: null }, place)];
    }
  });
  const all = rows.flat();
  return {
    schema: 'keyholder.preflight/v1',
    generatedAt: request.now,
    callers: callers.sort(),
    rows: all,
    missing: all.filter(({ isMissing }) => isMissing).length,
    policy: joinPolicy(all),
  };
}

type Place = Pick<PreflightRow, 'account' | 'region' | 'cluster'>;

async function probeAccount(
  probes: LiveProbes,
  account: string,
  request: PreflightRequest,
): Promise<readonly PreflightRow[]> {
  const own = await probes.probeAccount(account);
  const regions = await mapBounded(request.regions, AT_ONCE, (region) =>
    probeRegion(probes, { account, region }, request),
  );
  return [...own.map((one) => toRow(one, { account, region: null, cluster: null })), ...regions.flat()];
}

async function probeRegion(
  probes: LiveProbes,
  { account, region }: { readonly account: string; readonly region: string },
  { cluster }: PreflightRequest,
): Promise<readonly PreflightRow[]> {
  const own = await probes.probeRegion(account, region);
  // Whoever may describe one cluster need not be allowed to list them all.
  const listed = cluster === null ? await probes.listClusters(account, region) : { probe: null, names: [cluster] };
  const names = (listed.names ?? []).filter(isClusterName);
  const clusters = await mapBounded(names, AT_ONCE, async (name) =>
    (await probes.probeCluster({ account, region, name })).map((one) => toRow(one, { account, region, cluster: name })),
  );
  const here = [...own, ...(listed.probe === null ? [] : [listed.probe])];
  return [...here.map((one) => toRow(one, { account, region, cluster: null })), ...clusters.flat()];
}

/** What is not in use cannot be missing; logs that are off are. */
const MAY_BE_UNUSED: ReadonlySet<string> = new Set(['identity-center', 'organizations', 'guardduty', 'trails']);

function toRow(probe: Probe, place: Place): PreflightRow {
  const isUnused = probe.status === 'disabled' && MAY_BE_UNUSED.has(probe.source);
  const isMissing = probe.status !== 'readable' && !isUnused;
  return { ...place, ...probe, unanswered: isMissing ? UNANSWERED[probe.source] : null, isMissing };
}

function joinPolicy(rows: readonly PreflightRow[]): Preflight['policy'] {
  const statements = [...new Set(rows.flatMap(({ mend }) => findStatement(mend)))].sort();
  if (statements.length === 0) return null;
  return { Version: '2012-10-17', Statement: statements.map((text): unknown => JSON.parse(text)) };
}

/** A mend may say more around its statement. */
function findStatement(mend: string | null): readonly string[] {
  const [text] = /\{"Effect":"Allow".*\}/.exec(mend ?? '') ?? [];
  return text === undefined ? [] : [text];
}
