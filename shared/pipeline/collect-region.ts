/** One region of one account, in as many calls as its log queries need: what lies with all of its clusters. */
import type { ClusterPlace, EvidenceSink, LiveRead, LiveSources, LogTask, ObjectStore, Progress } from '../ports.ts';
import type { Failure } from './audit-failure.ts';
import {
  CLUSTERS_AT_ONCE,
  clusterKey,
  findRunDocument,
  parseUnitKey,
  partKey,
  planKey,
  progressKey,
  type RegionProgress,
  type RegionUnit,
  type RunPart,
  readRunDocument,
  writeRunDocument,
} from './audit-run.ts';
import { attemptRead } from './live-attempt.ts';
import { describeLeftOut } from './run-parts.ts';

/** The machine waits for less money than a function does. */
const PATIENCE_MS = 20_000;
const WAIT_SECONDS = 20;
/** A query may take 20 minutes; what is not over by then is read in part. */
const MOST_ROUNDS = 60;

type RegionSources = Pick<LiveSources, 'readRegion' | 'readCloudTrail' | 'readLogs'>;

export interface RegionRequest {
  readonly unit: string;
  readonly round: number;
  /** Set when the machine gave it up: what is left to do is to say so. */
  readonly failure: Failure | null;
}

export interface RegionPorts {
  readonly store: ObjectStore;
  readonly sink: EvidenceSink;
  readonly open: (account: string, now: string) => RegionSources;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** One of the clusters that are audited a few at a time. */
export interface ClusterTurn {
  readonly cluster: string;
  /** How many are, while it is: they share the rates of one account and region. */
  readonly sharedBy: number;
}

/** What the machine goes on with. */
export interface CollectedRegion {
  readonly unit: string;
  readonly round: number;
  readonly isDone: boolean;
  readonly waitSeconds: number;
  readonly clusters: readonly ClusterTurn[];
}

export async function collectRegion(request: RegionRequest, ports: RegionPorts): Promise<CollectedRegion> {
  const { run } = parseUnitKey(request.unit);
  const unit = await readRunDocument(ports.store, request.unit, 'unit');
  const { account, region } = unit;
  const places = unit.clusters.map((name): ClusterPlace => ({ account, region, name }));
  const answer = { unit: request.unit, round: request.round + 1, waitSeconds: WAIT_SECONDS };
  const value =
    request.failure === null
      ? await readUnit({ run, unit, places, request }, ports)
      : describeLeftOut(unit, request.failure.reason);
  if (value === null) return { ...answer, isDone: false, clusters: [] };
  await writeRunDocument(ports.store, partKey(run, account, region), { kind: 'part', value });
  return { ...answer, isDone: true, clusters: listTurns(run, places) };
}

/** The last ones have the rates for fewer. */
function listTurns(run: string, places: readonly ClusterPlace[]): readonly ClusterTurn[] {
  const rest = places.length % CLUSTERS_AT_ONCE;
  const isLast = (index: number): boolean => index >= places.length - rest;
  return places.map((place, index) => ({
    cluster: clusterKey(run, place),
    sharedBy: isLast(index) ? rest : CLUSTERS_AT_ONCE,
  }));
}

interface UnitTask {
  readonly run: string;
  readonly unit: RegionUnit;
  readonly places: readonly ClusterPlace[];
  readonly request: RegionRequest;
}

/** null when queries still run: the next call goes on where this one left off. */
async function readUnit(task: UnitTask, ports: RegionPorts): Promise<RunPart | null> {
  const { run, unit, places, request } = task;
  const { store, sink, signal, progress } = ports;
  const { account, region } = unit;
  const plan = await readRunDocument(store, planKey(run), 'plan');
  const sources = ports.open(account, plan.now);
  const before = request.round === 0 ? null : await findRunDocument(store, progressKey(run, unit), 'progress');
  const isLast = request.round + 1 >= MOST_ROUNDS;
  const queries = openQueries(before, isLast);
  const at = { account, region, cluster: null, signal };
  const logTask: LogTask = { sink, signal, progress, window: plan.window, includesIam: unit.readsIamTrail };
  const [ofLogs, others] = await Promise.all([
    places.length === 0
      ? null
      : attemptRead({
          ...at,
          sources: ['authenticator-log', 'audit-log'],
          read: () => sources.readLogs(places, { ...logTask, queries: queries.begun }),
        }),
    before?.reads ?? readOthers({ ...task, sources, logTask, at }),
  ]);
  // Also when this call is out of time: the next one has all of it.
  if (!queries.begun.isPostponed()) return joinReads(ofLogs === null ? others : [...others, ofLogs]);
  const value: RegionProgress = { queries: queries.list(), reads: others };
  await writeRunDocument(store, progressKey(run, unit), { kind: 'progress', value });
  return null;
}

function joinReads(reads: readonly LiveRead[]): RunPart {
  const coverage = reads.flatMap((read) => read.coverage);
  const queries = reads.flatMap((read) => read.queries);
  return { scope: [], coverage, queries, mends: reads.flatMap(({ mends }) => mends), caller: null };
}

interface OtherTask extends UnitTask {
  readonly sources: RegionSources;
  readonly logTask: LogTask;
  readonly at: Pick<Parameters<typeof attemptRead>[0], 'account' | 'region' | 'cluster' | 'signal'>;
}

async function readOthers({ sources, logTask, at, unit, places }: OtherTask): Promise<readonly LiveRead[]> {
  const { account, region } = unit;
  return Promise.all([
    attemptRead({ ...at, sources: ['trails', 'guardduty'], read: () => sources.readRegion(account, region, logTask) }),
    ...(places.length === 0
      ? []
      : [attemptRead({ ...at, sources: ['cloudtrail'], read: () => sources.readCloudTrail(places, logTask) })]),
  ]);
}

/** In the last round every query is waited for until the function has to stop. */
function openQueries(before: RegionProgress | null, isLast: boolean) {
  const known = new Map(Object.entries(before?.queries ?? {}));
  let isPostponed = false;
  return {
    list: () => Object.fromEntries(known),
    begun: {
      find: (question: string) => known.get(question),
      keep: (question: string, id: string) => void known.set(question, id),
      patienceMs: isLast ? Number.POSITIVE_INFINITY : PATIENCE_MS,
      postpone: () => {
        isPostponed = true;
      },
      isPostponed: () => isPostponed,
    },
  };
}
