/** The clusters of one account and region into what their logs tell since they were last asked, and how far that came. */
import { mapBounded } from '../bounded.ts';
import type { LoginQueries, RecentLogins } from '../live-ports.ts';
import type { StatedCoverage } from '../model/coverage.ts';
import type { ClusterLoginQueries, RememberedCluster } from '../model/remembered.ts';
import type { EventBus, FindingStore } from '../ports.ts';
import { groupBy } from '../rules/lists-by-key.ts';
import { describeThrown } from './live-attempt.ts';
import { findNextWindow, fitRow, isLookDue, rowOf, startQueries } from './login-queries.ts';
import { keepRow } from './remembered-row.ts';
import { type Asked, type ClusterOutcome, describeUnasked, tellLogins } from './tell-logins.ts';
import { findWatched } from './watch-logs.ts';

const CLUSTERS_AT_ONCE = 5;

export interface LoginPorts {
  readonly store: FindingStore;
  readonly bus: EventBus;
  readonly open: (account: string) => LoginQueries;
  readonly signal: AbortSignal;
  /** ISO, in whole seconds. */
  readonly now: string;
}

export interface LogPlace {
  readonly account: string;
  readonly region: string;
  readonly clusters: readonly RememberedCluster[];
  readonly states: readonly ClusterLoginQueries[];
}

export interface PlaceOutcome {
  readonly clusters: readonly ClusterLoginQueries[];
  readonly coverage: readonly StatedCoverage[];
  /** Of it, what a log has that was not asked for. */
  readonly unasked: readonly StatedCoverage[];
  readonly forwarded: number;
  readonly folded: number;
  readonly skipped: number;
  readonly failures: readonly string[];
}

export async function queryPlace(place: LogPlace, ports: LoginPorts): Promise<PlaceOutcome> {
  const queries = ports.open(place.account);
  const looked = await lookAtSubscriptions(place, { ...ports, queries });
  const byWindow = groupBy(looked, ({ window }) => window.from);
  const outcomes: ClusterOutcome[] = [];
  for (const asked of byWindow.values()) outcomes.push(...(await queryWindow(asked, { ...ports, queries })));
  const clusters = outcomes.map(({ state }) => state);
  const failures = outcomes.flatMap(({ failure }) => failure ?? []);
  try {
    await keepRow(ports.store, { ...rowOf(place), change: () => ({ clusters: fitRow(clusters) }) });
  } catch (error) {
    failures.push(describeThrown(error));
  }
  const sum = (count: (outcome: ClusterOutcome) => number) => outcomes.reduce((total, one) => total + count(one), 0);
  return {
    clusters,
    failures,
    coverage: outcomes.map(({ coverage }) => coverage),
    unasked: outcomes.flatMap(({ coverage, state }) =>
      state.isLogged && coverage.status !== 'complete' ? [coverage] : [],
    ),
    forwarded: sum(({ forwarded }) => forwarded),
    folded: sum(({ folded }) => folded),
    skipped: sum(({ skipped }) => skipped),
  };
}

interface PlacePorts extends LoginPorts {
  readonly queries: LoginQueries;
}

/** Where they cannot be looked at, nothing is left to them. */
function lookAtSubscriptions({ clusters, states }: LogPlace, ports: PlacePorts): Promise<readonly Asked[]> {
  const { queries, now, signal } = ports;
  return mapBounded(clusters, CLUSTERS_AT_ONCE, async (cluster) => {
    const known = states.find(({ name }) => name === cluster.name) ?? startQueries(cluster.name);
    const window = findNextWindow(known, now);
    if (signal.aborted || !isLookDue(known, now)) return { cluster, state: known, window };
    try {
      const watched = findWatched(await queries.listSubscriptions(cluster, signal));
      return { cluster, window, state: { ...known, subscriptions: { ...watched, lookedAt: now, reason: null } } };
    } catch (error) {
      const subscriptions = { lookedAt: now, changes: false, logins: false, reason: describeThrown(error) };
      return { cluster, window, state: { ...known, subscriptions } };
    }
  });
}

/** Of one account, region and window: the clusters that came equally far. */
async function queryWindow(asked: readonly Asked[], ports: PlacePorts): Promise<readonly ClusterOutcome[]> {
  const [first] = asked;
  if (first === undefined) return [];
  const { window } = first;
  const clusters = asked.map(({ cluster }) => cluster);
  const withFaults = asked.flatMap(({ cluster, state }) => (state.subscriptions.logins ? [] : [cluster]));
  const read = await readWindow({ clusters, window, withFaults, signal: ports.signal }, ports.queries);
  return mapBounded(asked, CLUSTERS_AT_ONCE, (one) => {
    const found =
      read.find(({ cluster }) => cluster === one.cluster) ?? describeUnasked(one.cluster, 'nothing was answered');
    return tellLogins(one, found, ports);
  });
}

async function readWindow(
  question: Parameters<LoginQueries['read']>[0],
  queries: LoginQueries,
): Promise<readonly RecentLogins[]> {
  if (question.signal.aborted)
    return question.clusters.map((cluster) => describeUnasked(cluster, 'out of time: not begun'));
  try {
    return await queries.read(question);
  } catch (error) {
    return question.clusters.map((cluster) => describeUnasked(cluster, describeThrown(error)));
  }
}
