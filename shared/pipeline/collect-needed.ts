/** One cluster, live, of which only what an answer needs is asked: whatever waits for nothing else at once, and the rest named. */
import { parseDescribeCluster, unknownCluster } from '../evidence/describe-cluster.ts';
import type { Source } from '../model/coverage.ts';
import type { Cluster } from '../model/eks.ts';
import type { ClusterPlace, EvidenceSink, LiveRead, LogTask } from '../ports.ts';
import { attemptRead } from './live-attempt.ts';
import type { LiveNeeds, LiveRequest, OpenedAccount } from './live-request.ts';
import { resolveLogWindow } from './log-window.ts';

const NOTHING: LiveRead = { coverage: [], queries: [], mends: [] };

export async function collectNeeded(
  { sources }: OpenedAccount,
  place: ClusterPlace,
  { needs, ...request }: LiveRequest & { readonly needs: LiveNeeds },
): Promise<readonly LiveRead[]> {
  const { sink, signal, progress, window, logsReadTo } = request;
  const { account, region, name: cluster } = place;
  const task: LogTask = { sink, signal, progress, window };
  const of = { account, region, cluster, signal };
  const inRegion = { ...of, cluster: null };
  const { described, watched, give } = watchDescribed(sink, place);
  const eks = attemptRead({
    ...of,
    sources: ['eks-api'],
    read: () => sources.readEks(place, { ...task, sink: watched }),
  }).finally(() => give(unknownCluster(place)));
  const logsTask = { ...task, window: resolveLogWindow([place], { window, logsReadTo }) };
  const reads = await Promise.all([
    attemptRead({
      ...inRegion,
      sources: ['authenticator-log', 'audit-log'],
      read: () => sources.readLogs([place], logsTask),
    }),
    eks,
    // It takes two names a second, and only the first answer of EKS tells which.
    described.then((known) =>
      attemptRead({
        ...inRegion,
        sources: ['cloudtrail'],
        read: () => sources.readCloudTrail([place], { ...task, calls: needs.listCalls(known) }),
      }),
    ),
    // An API server that nobody reaches takes longest of all.
    described.then(() =>
      attemptRead({ ...of, sources: ['rbac', 'aws-auth'], read: () => sources.readKubernetes(place, task) }),
    ),
    eks.then(() =>
      attemptRead({
        ...inRegion,
        sources: ['cloudtrail'],
        read: async () => (await sources.readTrailFiles?.(place, { ...task, calls: needs.filed })) ?? NOTHING,
      }),
    ),
  ]);
  return [...reads, describeUnasked(place, needs.unasked)];
}

interface Described {
  /** What is given first: the answer of EKS, or that there is none. */
  readonly described: Promise<Cluster>;
  readonly watched: EvidenceSink;
  readonly give: (cluster: Cluster) => void;
}

function watchDescribed(sink: EvidenceSink, place: ClusterPlace): Described {
  const file = `${place.account}/${place.region}/${place.name}/describe-cluster.json`;
  const waiting: ((cluster: Cluster) => void)[] = [];
  const described = new Promise<Cluster>((resolve) => waiting.push(resolve));
  const give = (cluster: Cluster): void => {
    for (const resolve of waiting) resolve(cluster);
  };
  const write: EvidenceSink['write'] = async (path, text) => {
    await sink.write(path, text);
    if (path !== file || typeof text !== 'string') return;
    give(parseDescribeCluster({ text, file, place }).cluster ?? unknownCluster(place));
  };
  return { described, watched: { write }, give };
}

/** Silence of what nobody asked must not pass for an answer. */
function describeUnasked({ account, region }: ClusterPlace, unasked: readonly Source[]): LiveRead {
  const row = { account, region, cluster: null, part: null, status: 'unavailable', window: null } as const;
  const coverage = unasked.map((source) => ({ ...row, source, reason: 'not asked', isUnasked: true }) as const);
  return { ...NOTHING, coverage };
}
