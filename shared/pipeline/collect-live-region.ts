/** One region of one account, live, into the recording: its clusters, what lies with each, and what lies with all. */
import { mapBounded } from '../bounded.ts';
import { KeyholderError } from '../errors.ts';
import type { Scope } from '../model/evidence.ts';
import type { ClusterPlace, LiveRead, LiveSources } from '../ports.ts';
import { collectNeeded } from './collect-needed.ts';
import { attemptRead, isDenied } from './live-attempt.ts';
import type { LiveResult } from './live-manifest.ts';
import type { LiveRequest, OpenedAccount } from './live-request.ts';
import { describeListed, describeUnlisted, isClusterName } from './live-scope.ts';
import { resolveLogWindow } from './log-window.ts';

/** The EKS API publishes no limit on requests; this is well below what is known to be throttled. */
const CLUSTERS_AT_ONCE = 4;

export async function collectLiveRegion(
  { account, sources }: OpenedAccount,
  region: string,
  request: LiveRequest,
): Promise<LiveResult> {
  const listed = await findAsked({ account, sources }, region, request);
  if ('scope' in listed) return { scope: [listed.scope], coverage: [], queries: [], mends: [] };
  const { places, strange } = listed;
  for (const place of places) await request.sink.addPlace(`${account}/${region}/${place.name}`);
  const unasked = request.cluster === null ? null : describeUnasked(request.cluster, places.length > 0);
  const reads = await collectPlaces({ account, sources }, { region, places }, request);
  return {
    scope: [describeListed({ account, region }, { clusters: places.length, strange, unasked })],
    coverage: reads.flatMap(({ coverage }) => coverage),
    queries: reads.flatMap(({ queries }) => queries),
    mends: reads.flatMap(({ mends }) => mends),
  };
}

async function collectPlaces(
  { account, sources }: OpenedAccount,
  { region, places }: { readonly region: string; readonly places: readonly ClusterPlace[] },
  request: LiveRequest,
): Promise<readonly LiveRead[]> {
  const { sink, signal, progress, window, logsReadTo, needs } = request;
  if (needs !== undefined) {
    const collected = await mapBounded(places, CLUSTERS_AT_ONCE, (place) =>
      collectNeeded({ account, sources }, place, { ...request, needs }),
    );
    return collected.flat();
  }
  const task = { sink, signal, progress };
  const at = { account, region, cluster: null, signal };
  const [ofRegion, ofLogs, ofClusters] = await Promise.all([
    attemptRead({
      ...at,
      sources: ['trails', 'guardduty'],
      read: async () => (await sources.readRegion?.(account, region, task)) ?? NOTHING,
    }),
    places.length === 0
      ? NOTHING
      : attemptRead({
          ...at,
          sources: ['authenticator-log', 'audit-log'],
          read: () => sources.readLogs(places, { ...task, window: resolveLogWindow(places, { window, logsReadTo }) }),
        }),
    mapBounded(places, CLUSTERS_AT_ONCE, (place) => collectLiveCluster({ account, sources }, place, request)),
  ]);
  // After the clusters: a trail's files are looked for around the times at which they were made and changed.
  const ofTrail =
    places.length === 0
      ? NOTHING
      : await attemptRead({
          ...at,
          sources: ['cloudtrail'],
          read: () => sources.readCloudTrail(places, { ...task, window }),
        });
  return [ofRegion, ofLogs, ...ofClusters.flat(), ofTrail];
}

const NOTHING: LiveRead = { coverage: [], queries: [], mends: [] };

async function collectLiveCluster(
  { sources }: OpenedAccount,
  place: ClusterPlace,
  { sink, signal, progress }: LiveRequest,
): Promise<readonly LiveRead[]> {
  const task = { sink, signal, progress };
  const { account, region, name } = place;
  const at = { account, region, cluster: name, signal };
  progress.step(`${account}/${region}/${name}`);
  const eks = await attemptRead({ ...at, sources: ['eks-api'], read: () => sources.readEks(place, task) });
  // After the EKS API, which knows the endpoint.
  const kubernetes = await attemptRead({
    ...at,
    sources: ['rbac', 'aws-auth'],
    read: () => sources.readKubernetes(place, task),
  });
  return [eks, kubernetes];
}

function describeUnasked(cluster: string, isThere: boolean): string {
  return isThere ? `only cluster ${cluster} was asked for` : `it has no cluster ${cluster}, and no other was asked for`;
}

/** A name that the region does not know would be reported as a cluster of which nothing can be told. */
async function findAsked(opened: OpenedAccount, region: string, request: LiveRequest): Promise<ListedClusters> {
  const { cluster, needs } = request;
  const asked = await listClusterPlaces(opened, region, request);
  // A plan of recovery waits for no more than it needs.
  if (cluster === null || needs !== undefined || request.signal.aborted) return asked;
  const all = await listClusterPlaces(opened, region, { ...request, cluster: null });
  if ('scope' in all || all.places.some(({ name }) => name === cluster)) return asked;
  return { places: [], strange: [] };
}

export type ListedClusters =
  | { readonly places: readonly ClusterPlace[]; readonly strange: readonly string[] }
  | { readonly scope: Scope };

export async function listClusterPlaces(
  { account, sources }: Pick<OpenedAccount, 'account'> & { readonly sources: Pick<LiveSources, 'listClusters'> },
  region: string,
  { cluster, signal }: Pick<LiveRequest, 'cluster' | 'signal'>,
): Promise<ListedClusters> {
  // Whoever may describe one cluster need not be allowed to list them all.
  if (cluster !== null) return { places: [{ account, region, name: cluster }], strange: [] };
  if (signal.aborted)
    return { scope: describeUnlisted({ account, region }, { reason: 'out of time: not begun', isDenied: false }) };
  try {
    const names = await sources.listClusters(account, region);
    const places = names.filter(isClusterName).map((name) => ({ account, region, name }));
    return { places, strange: names.filter((name) => !isClusterName(name)) };
  } catch (error) {
    if (!(error instanceof KeyholderError) || error.code === 'write-failed') throw error;
    return { scope: describeUnlisted({ account, region }, { reason: error.message, isDenied: isDenied(error) }) };
  }
}
