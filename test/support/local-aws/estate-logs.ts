/** The logs of an evidence folder into the log groups, streams and lines that CloudWatch Logs would hold. */
import { createHash } from 'node:crypto';
import type { ClusterEstate } from './estate.ts';
import { type Fields, fieldsOf, isFields, listOf, optionalNumber, optionalText } from './fields.ts';
import type { LocalLogGroup, LocalLogLine } from './log-queries.ts';

export interface ServedLogGroup extends LocalLogGroup {
  /** As describe-log-groups prints it. */
  readonly description: Fields;
}

interface Place {
  readonly account: string;
  readonly region: string;
}

/** undefined when the evidence holds neither the group nor a line of it. */
export function findLogGroup({ account, region }: Place, cluster: ClusterEstate): ServedLogGroup | undefined {
  const name = `/aws/eks/${cluster.name}/cluster`;
  const described = listOf(fieldsOf(cluster.json('log-group')).logGroups).filter(isFields);
  const stated = described.find((group) => group.logGroupName === name);
  const lines = [
    ...readLines(cluster, { name, file: 'authenticator.log', stream: 'authenticator' }),
    ...readLines(cluster, { name, file: 'audit.ndjson', stream: 'kube-apiserver-audit' }),
  ].sort((a, b) => a.timestamp - b.timestamp);
  if (stated === undefined && lines.length === 0) return undefined;
  const logGroupArn = `arn:aws:logs:${region}:${account}:log-group:${name}`;
  const creationTime = lines[0]?.timestamp ?? 0;
  const description = {
    logGroupName: name,
    creationTime,
    logGroupClass: 'STANDARD',
    arn: `${logGroupArn}:*`,
    logGroupArn,
    ...stated,
  };
  const logGroupClass = description.logGroupClass === 'INFREQUENT_ACCESS' ? 'INFREQUENT_ACCESS' : 'STANDARD';
  return { account, region, name, logGroupClass, lines, description };
}

interface LogFile {
  readonly name: string;
  readonly file: string;
  /** Start of the names of its streams. */
  readonly stream: string;
}

function readLines(cluster: ClusterEstate, log: LogFile): readonly LocalLogLine[] {
  const text = cluster.text(log.file);
  if (text === undefined) return [];
  let before = 0;
  return listRawLines(text).map(({ message, stream, timestamp }, index) => {
    // A line without a time of its own came with the one before it.
    const at = timestamp ?? findTime(message) ?? before;
    before = at;
    const ptr = Buffer.from(`${log.name}#${log.file}#${index}`).toString('base64');
    return { ptr, stream: stream ?? nameStream(log, at), timestamp: at, ingestionTime: at + 2_000, message };
  });
}

interface RawLine {
  readonly message: string;
  readonly stream?: string | undefined;
  readonly timestamp?: number | undefined;
}

/** Plain lines, or the output of filter-log-events. */
function listRawLines(text: string): readonly RawLine[] {
  const events = /^\s*\{\s*"(events|searchedLogStreams)"/.test(text)
    ? listOf(fieldsOf(JSON.parse(text)).events)
    : undefined;
  if (events === undefined)
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((message) => ({ message }));
  return events.filter(isFields).map((event) => ({
    message: optionalText(event, 'message') ?? '',
    stream: optionalText(event, 'logStreamName'),
    timestamp: optionalNumber(event, 'timestamp'),
  }));
}

function findTime(message: string): number | undefined {
  const [, found] = /(?:\btime="|"stageTimestamp":"|"requestReceivedTimestamp":")([^"]+)"/.exec(message) ?? [];
  const at = found === undefined ? Number.NaN : Date.parse(found);
  return Number.isNaN(at) ? undefined : at;
}

/** Streams rotate: here with each month. */
function nameStream({ name, stream }: LogFile, at: number): string {
  const month = new Date(at).toISOString().slice(0, 7);
  return `${stream}-${createHash('sha256').update(`${name} ${month}`).digest('hex').slice(0, 32)}`;
}
