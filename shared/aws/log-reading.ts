/** One query text over the log groups of many clusters, in as many queries as it takes, with what became of each noted. */
import { mapBounded } from '../bounded.ts';
import type { ClusterPlace } from '../ports.ts';
import { type Asked, explainFailure, type Failure } from './failure.ts';
import type { QueryRow, QueryRun, QueryWindow } from './insights-query.ts';
import type { ClusterLogGroup } from './log-group-state.ts';
import { type GroupStreams, listStreams, type StreamSelection, selectStreams } from './log-streams.ts';
import { isBeforeGroup, type QueryOutcome, readInsights } from './logs-insights.ts';
import type { SourceNotes } from './source-notes.ts';

/** Of one source: its streams are listed once and asked by each of its queries. */
export interface LogReading {
  readonly run: QueryRun;
  readonly partition: string;
  readonly window: QueryWindow;
  readonly prefix: string;
  readonly notes: SourceNotes;
  readonly groups: readonly ClusterLogGroup[];
  readonly streams: readonly GroupStreams[];
}

const CALLS_AT_ONCE = 5;

/**
 * A log whose streams cannot be listed is read all the same: whole groups are scanned then. One without any stream was
 * never written, so that its silence says nothing: it is noted as unavailable, and left out.
 */
export async function listGroupStreams(reading: Omit<LogReading, 'streams'>): Promise<LogReading> {
  const { run, partition, window, prefix, notes } = reading;
  const listed = await mapBounded(reading.groups, CALLS_AT_ONCE, async (state) => {
    const { cluster, logGroup } = state;
    const question = { place: cluster, partition, logGroup, prefix, window, signal: run.signal };
    const { items, failure, isAny } = await listStreams(run.api, question);
    if (failure !== null) notes.addRemark([cluster], `${failure.reason}, so that all streams were scanned`);
    if (!isAny) {
      const reason = `${logGroup} has no stream ${prefix}*: that log was never written`;
      notes.addEnd([cluster], null);
      notes.addFailure([cluster], { kind: 'missing', status: 'unavailable', reason, mend: null });
    }
    return { state, streams: items, isAny };
  });
  const present = listed.filter(({ isAny }) => isAny);
  return {
    ...reading,
    groups: present.map(({ state }) => state),
    streams: present.map(({ state, streams }) => ({ logGroup: state.logGroup, streams })),
  };
}

export interface LogQuestion {
  readonly text: string;
  readonly isAggregate?: boolean;
  readonly take: (rows: readonly QueryRow[]) => Promise<void>;
}

interface OpenQuestion extends LogQuestion {
  readonly isAggregate: boolean;
  readonly seen: Set<string>;
}

/** Gives the bytes that were scanned. */
export async function readLogGroups(reading: LogReading, question: LogQuestion): Promise<number> {
  const { prefix, streams } = reading;
  const open: OpenQuestion = { isAggregate: false, ...question, seen: new Set() };
  let bytes = 0;
  for (const selection of selectStreams(streams, { prefix, room: question.text.length + LIMIT_ROOM })) {
    bytes += await readSelection(reading, selection, open);
  }
  return bytes;
}

/** For the `limit` that a run adds. */
const LIMIT_ROOM = 20;

async function readSelection(reading: LogReading, selection: StreamSelection, question: OpenQuestion): Promise<number> {
  const { run, notes, window } = reading;
  const { logGroups, filter } = selection;
  const groups = reading.groups.filter(({ logGroup }) => logGroups.includes(logGroup));
  const clusters = groups.map(({ cluster }) => cluster);
  const text = `${filter}\n${question.text}`;
  const outcome = await readInsights(run, { ...question, logGroups, text, window });
  if (outcome.readTo === null && isMalformed(outcome) && question.text.includes(POINTER)) {
    const plain = { ...question, text: question.text.replace(POINTER, '') };
    return outcome.bytesScanned + (await readSelection(reading, selection, plain));
  }
  // One group that is gone, or whose key is not ours to use, must not take the others with it.
  if (outcome.readTo === null && outcome.reason !== null && isOfGroups(outcome) && logGroups.length > 1) {
    const middle = Math.ceil(logGroups.length / 2);
    const older = await readSelection(reading, { ...selection, logGroups: logGroups.slice(0, middle) }, question);
    const newer = await readSelection(reading, { ...selection, logGroups: logGroups.slice(middle) }, question);
    return outcome.bytesScanned + older + newer;
  }
  notes.addEnd(clusters, outcome.readTo);
  if (selection.scansAll) notes.addRemark(clusters, 'streams of all components were scanned');
  if (outcome.error !== null)
    for (const group of groups) notes.addFailure([group.cluster], explain(reading, group, outcome));
  else if (outcome.reason !== null)
    for (const group of groups) notes.addCut([group.cluster], wordGap(group, outcome.reason));
  return outcome.bytesScanned;
}

/** Whether an aggregate may name the pointer of its latest line is not documented: without it the query still answers. */
const POINTER = ', latest(@ptr) as examplePtr';

function isMalformed({ error }: QueryOutcome): boolean {
  return (error as { name?: unknown } | null)?.name === 'MalformedQueryException' && !isBeforeGroup(error);
}

const OF_GROUPS = /^(?:AccessDenied(?:Exception)?|ResourceNotFoundException|InvalidParameterException)$/;

function isOfGroups({ error, reason }: QueryOutcome): boolean {
  if (isBeforeGroup(error)) return true;
  const name = (error as { name?: unknown } | null)?.name;
  return typeof name === 'string' ? OF_GROUPS.test(name) : reason === 'the query failed';
}

function explain({ partition }: LogReading, state: ClusterLogGroup, { error }: QueryOutcome): Failure {
  const { cluster, group } = state;
  const failure = explainFailure(error, askOf(cluster, partition, state.logGroup));
  const key = group?.kmsKeyId;
  if (key === undefined || failure.kind !== 'denied') return failure;
  const statement = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: key };
  return {
    ...failure,
    reason: `${failure.reason}; the log group is encrypted with ${key}, which may not be ours to use`,
    mend: `${failure.mend ?? ''} ${JSON.stringify(statement)}`.trim(),
  };
}

function wordGap({ group, logGroup }: ClusterLogGroup, reason: string): string {
  const key = reason === 'the query failed' ? group?.kmsKeyId : undefined;
  return key === undefined
    ? `Logs Insights on ${logGroup}: ${reason}`
    : `Logs Insights on ${logGroup}: ${reason}; it is encrypted with ${key}, which may not be ours to use`;
}

function askOf({ account, region, name }: ClusterPlace, partition: string, logGroup: string): Asked {
  const resource = `arn:${partition}:logs:${region}:${account}:log-group:${logGroup}:*`;
  return { action: 'logs:StartQuery', resource, on: `cluster ${name}` };
}
