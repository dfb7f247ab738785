/** The control-plane logs of all clusters of a region into authenticator.log and audit.ndjson of each. */
import type { Source } from '../model/coverage.ts';
import type { ClusterPlace, LiveRead, LogTask } from '../ports.ts';
import type { AwsAccess } from './access.ts';
import { AUTHENTICATOR_PREFIX, readAuthenticator } from './authenticator-source.ts';
import { resumeQueries } from './begun-queries.ts';
import { type ClusterFiles, openClusterFiles } from './cluster-files.ts';
import type { QueryRun, QueryWindow } from './insights-query.ts';
import { joinReads } from './live-read.ts';
import {
  type ClusterLogGroup,
  estimateBytes,
  explainUnreadable,
  findRetentionStart,
  readLogGroupStates,
  wordClass,
  wordRetention,
} from './log-group-state.ts';
import { type LogReading, listGroupStreams, readLogGroups } from './log-reading.ts';
import { createLogsApi } from './logs-api.ts';
import { AUDIT_CHANGES } from './queries/audit-changes.ts';
import { AUDIT_USE } from './queries/audit-use.ts';
import { buildAuthenticatorLines } from './queries/authenticator-lines.ts';
import { AUTHENTICATOR_LOGINS } from './queries/authenticator-logins.ts';
import { BYTES_PER_GB, describeScan, describeScanned, type ScanBudget } from './scan-price.ts';
import { openSourceNotes, type SourceNotes } from './source-notes.ts';

export interface LogOptions {
  /** Shared by all regions of a run. */
  readonly budget: ScanBudget;
  /** ARNs whose sessions in system:masters are expected, and come folded. */
  readonly knownAdmins?: readonly string[];
}

/** The clusters are of one account and region. */
export function readClusterLogs(
  { access, ...options }: LogOptions & { readonly access: AwsAccess },
  clusters: readonly ClusterPlace[],
  task: LogTask,
): Promise<LiveRead> {
  const [first] = clusters;
  if (first === undefined) return Promise.resolve(joinReads([]));
  const api = createLogsApi(access, first.region);
  const run: QueryRun = {
    api: task.queries === undefined ? api : resumeQueries(api, task.queries, access.timer),
    timer: access.timer,
    signal: task.signal,
    budget: options.budget,
    rowLimit: MOST_ROWS,
    deadlineMs: DEADLINE_MS,
  };
  return readRegionLogs({ run, partition: access.partition, knownAdmins: options.knownAdmins ?? [] }, clusters, task);
}

/** The most that AWS gives for one query. */
const MOST_ROWS = 100_000;
/** AWS ends a query after an hour; one that takes this long is better asked in halves on another day. */
const DEADLINE_MS = 20 * 60_000;

export interface RegionLogs {
  readonly run: QueryRun;
  readonly partition: string;
  readonly knownAdmins: readonly string[];
}

export async function readRegionLogs(
  region: RegionLogs,
  clusters: readonly ClusterPlace[],
  task: LogTask,
): Promise<LiveRead> {
  const { run, partition } = region;
  const asked: QueryWindow = { from: toSeconds(task.window.from), to: toSeconds(task.window.to) };
  const states = await readLogGroupStates(clusters, { api: run.api, partition, signal: run.signal });
  const readable = states.filter((state) => explainUnreadable(state) === null);
  const window = announce(readable, asked, { run, task });
  const readSource = async (source: Source, read: (reading: LogReading) => Promise<number>): Promise<LiveRead> => {
    const notes = openSourceNotes(source, { clusters, window: asked });
    noteStates(states, { notes, asked, window });
    if (window !== null && readable.length > 0) {
      const prefix = PREFIXES[source] ?? '';
      const reading = await listGroupStreams({ run, partition, window, prefix, notes, groups: readable });
      const bytes = await read(reading);
      const places = reading.groups.map(({ cluster }) => cluster);
      notes.setScan(places, describeScanned(bytes, places));
      notes.addRemark(places, `${wordScan(bytes, clusters)} scanned for ${wordClusters(places.length)}`);
    }
    return notes.toLiveRead();
  };
  const reads = await Promise.all([
    withFiles('authenticator.log', { clusters, task }, (files) =>
      readSource('authenticator-log', (reading) => {
        openFiles(reading, files);
        return readAuthenticator(reading, files, region.knownAdmins);
      }),
    ),
    withFiles('audit.ndjson', { clusters, task }, (files) =>
      // One after the other, so that the same log gives the same file.
      readSource('audit-log', async (reading) => {
        openFiles(reading, files);
        const changes = await readLogGroups(reading, { text: AUDIT_CHANGES, take: files.take });
        return changes + (await readLogGroups(reading, { text: AUDIT_USE, take: files.take }));
      }),
    ),
  ]);
  const queries = readable.length > 0 && window !== null ? listQueryTexts(region) : [];
  const { coverage, mends } = joinReads(reads);
  // Both logs may have been refused alike.
  const unique = new Map(mends.map((mend) => [JSON.stringify(mend), mend]));
  return { coverage, queries, mends: [...unique.values()] };
}

const PREFIXES: Readonly<Partial<Record<Source, string>>> = {
  'authenticator-log': AUTHENTICATOR_PREFIX,
  'audit-log': 'kube-apiserver-audit-',
};

interface FileTask {
  readonly clusters: readonly ClusterPlace[];
  readonly task: LogTask;
}

/** Every log that is read gets its file, though it may hold nothing. */
function openFiles({ groups }: LogReading, files: ClusterFiles): void {
  for (const { cluster } of groups) files.open(cluster);
}

async function withFiles(
  name: 'authenticator.log' | 'audit.ndjson',
  { clusters, task }: FileTask,
  read: (files: ClusterFiles) => Promise<LiveRead>,
): Promise<LiveRead> {
  const files = openClusterFiles(clusters, { sink: task.sink, name });
  try {
    return await read(files);
  } finally {
    await files.close();
  }
}

/** By prefix of the stream, as a reader can run them again: the names that were asked for rotate away. */
function listQueryTexts({ knownAdmins }: RegionLogs): readonly string[] {
  const authenticator = [AUTHENTICATOR_LOGINS, buildAuthenticatorLines({ ids: [], knownAdmins })];
  return [
    ...authenticator.map((text) => `filter @logStream like /^${AUTHENTICATOR_PREFIX}/\n${text}`),
    ...[AUDIT_CHANGES, AUDIT_USE].map((text) => `filter @logStream like /^${PREFIXES['audit-log']}/\n${text}`),
  ];
}

/** Each log is read by two queries; one that has every stream of its group named scans less than this. */
const PASSES = 2;

interface Announcement {
  readonly run: QueryRun;
  readonly task: LogTask;
}

/** Tells what the run may cost, and gives the window that its limit leaves: the latest part, or none. */
function announce(
  groups: readonly ClusterLogGroup[],
  asked: QueryWindow,
  { run, task }: Announcement,
): QueryWindow | null {
  const bytes = PASSES * groups.reduce((sum, state) => sum + estimateBytes(state, asked), 0);
  const places = groups.map(({ cluster }) => cluster);
  const { note = task.progress.step } = task.progress;
  if (bytes > 0) note(`logs of ${wordClusters(places.length)}: up to ${wordScan(bytes, places)} to scan`);
  const left = run.budget.maxBytes - run.budget.used();
  if (bytes <= left) return asked;
  const seconds = Math.floor(((asked.to - asked.from) * Math.max(0, left)) / bytes);
  return seconds < 1 ? null : { from: asked.to - seconds, to: asked.to };
}

interface NoteTask {
  readonly notes: SourceNotes;
  readonly asked: QueryWindow;
  readonly window: QueryWindow | null;
}

function noteStates(states: readonly ClusterLogGroup[], { notes, asked, window }: NoteTask): void {
  for (const state of states) {
    const own = [state.cluster];
    const unreadable = explainUnreadable(state);
    if (unreadable !== null) {
      notes.addEnd(own, null);
      notes.addFailure(own, unreadable);
      continue;
    }
    if (window === null) notes.addEnd(own, null);
    if (window?.from !== asked.from) notes.addCut(own, 'the limit of bytes to scan (--max-scan-gb) leaves no more');
    if (window !== null) notes.setFrom(state.cluster, window.from);
    const kept = findRetentionStart(state, asked);
    if (kept !== null) {
      notes.setFrom(state.cluster, kept);
      notes.addGap(own, wordRetention(state));
    }
    const remark = wordClass(state);
    if (remark !== null) notes.addRemark(own, remark);
  }
}

function wordScan(bytes: number, [place]: readonly ClusterPlace[]): string {
  return place === undefined ? `${(bytes / BYTES_PER_GB).toFixed(2)} GB` : describeScan(bytes, place.region);
}

function wordClusters(count: number): string {
  return count === 1 ? 'one cluster' : `${count} clusters`;
}

function toSeconds(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}
