/** CloudWatch Logs over the log files of the evidence folder: groups, streams, lines and subscriptions. */
import { AwsError } from './errors.ts';
import { findLogGroup, type ServedLogGroup } from './estate-logs.ts';
import { type Fields, optionalNumber, optionalText, textOf, textsOf } from './fields.ts';
import type { LocalLogLine } from './log-queries.ts';
import { answerQueries, type Query } from './logs-queries.ts';
import type { Call, Handlers } from './operations.ts';
import { takePage } from './paging.ts';

const PAGES = { token: 'nextToken', max: 'limit' };
/** Subscription filters that a log group may have. */
const MAXIMUM_FILTERS = 2;

export type Groups = (call: Call) => ReadonlyMap<string, ServedLogGroup>;

export function answerLogs(queries: Map<string, Query>): Handlers {
  const groups = rememberGroups();
  const filters = new Map<string, readonly Fields[]>();
  const ofGroup = (call: Call): string => `${call.account}/${call.region}/${findGroup(groups, call).name}`;
  return {
    ...answerQueries(groups, queries),
    DescribeLogGroups: (call) => {
      const prefix = optionalText(call.input, 'logGroupNamePrefix') ?? '';
      const pattern = optionalText(call.input, 'logGroupNamePattern') ?? '';
      const named = [...groups(call).values()].filter(({ name }) => name.startsWith(prefix) && name.includes(pattern));
      const { items, next } = takePage(
        call,
        named.map(({ description }) => description),
        PAGES,
      );
      return { logGroups: items, nextToken: next };
    },
    DescribeLogStreams: (call) => {
      const { items, next } = takePage(call, listStreams(call, findGroup(groups, call)), PAGES);
      return { logStreams: items, nextToken: next };
    },
    FilterLogEvents: (call) => filterEvents(call, findGroup(groups, call)),
    GetLogRecord: (call) => {
      const ptr = textOf(call.input, 'logRecordPointer');
      for (const { account, name, lines } of groups(call).values()) {
        const line = lines.find((candidate) => candidate.ptr === ptr);
        if (line !== undefined) return { logRecord: showRecord(line, `${account}:${name}`) };
      }
      throw new AwsError('ResourceNotFoundException', 'The specified log record does not exist.');
    },
    DescribeSubscriptionFilters: (call) => {
      const { items, next } = takePage(call, filters.get(ofGroup(call)) ?? [], PAGES);
      return { subscriptionFilters: items, nextToken: next };
    },
    PutSubscriptionFilter: (call) => {
      const others = (filters.get(ofGroup(call)) ?? []).filter(
        ({ filterName }) => filterName !== call.input.filterName,
      );
      if (others.length >= MAXIMUM_FILTERS) throw new AwsError('LimitExceededException', 'Resource limit exceeded.');
      filters.set(ofGroup(call), [...others, { ...call.input, creationTime: call.now }]);
      return {};
    },
  };
}

/** Reading a log takes long, and the folder stays as it is. */
function rememberGroups(): Groups {
  const known = new Map<string, ReadonlyMap<string, ServedLogGroup>>();
  return (call) => {
    const { account, region } = call;
    const key = `${account}/${region}`;
    const found = known.get(key) ?? readGroups(call);
    known.set(key, found);
    return found;
  };
}

function readGroups({ estate, account, region }: Call): ReadonlyMap<string, ServedLogGroup> {
  const clusters = [...(estate.accounts.get(account)?.regions.get(region)?.clusters.values() ?? [])];
  const found = clusters.flatMap((cluster) => findLogGroup({ account, region }, cluster) ?? []);
  return new Map(found.map((group) => [group.name, group]));
}

export function nameOfGroup(identifier: string): string {
  return /^arn:[^:]+:logs:[^:]*:\d*:log-group:([^:]+)/.exec(identifier)?.[1] ?? identifier;
}

function findGroup(groups: Groups, call: Call): ServedLogGroup {
  const identifier = optionalText(call.input, 'logGroupName') ?? optionalText(call.input, 'logGroupIdentifier');
  if (identifier === undefined)
    throw new AwsError('InvalidParameterException', 'Either logGroupName or logGroupIdentifier is required.');
  const found = groups(call).get(nameOfGroup(identifier));
  if (found === undefined) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  return found;
}

function listStreams(call: Call, group: ServedLogGroup): readonly Fields[] {
  const prefix = optionalText(call.input, 'logStreamNamePrefix');
  const isByTime = call.input.orderBy === 'LastEventTime';
  if (isByTime && prefix !== undefined)
    throw new AwsError('InvalidParameterException', 'Cannot order by LastEventTime with a logStreamNamePrefix.');
  const streams = new Map<string, Fields & { readonly last: number }>();
  for (const { stream, timestamp, ingestionTime } of group.lines) {
    const first = streams.get(stream)?.firstEventTimestamp ?? timestamp;
    const arn = `arn:aws:logs:${group.region}:${group.account}:log-group:${group.name}:log-stream:${stream}`;
    const times = {
      creationTime: first,
      firstEventTimestamp: first,
      lastEventTimestamp: timestamp,
      lastIngestionTime: ingestionTime,
    };
    streams.set(stream, { logStreamName: stream, ...times, arn, storedBytes: 0, last: timestamp });
  }
  const named = [...streams].filter(([name]) => name.startsWith(prefix ?? ''));
  const ordered = named.sort(([a, one], [b, other]) => (isByTime ? one.last - other.last : a < b ? -1 : 1));
  if (call.input.descending === true) ordered.reverse();
  return ordered.map(([, { last: _, ...stream }]) => stream);
}

/** Every other page is empty, and says where to go on: that is normal here. */
function filterEvents(call: Call, group: ServedLogGroup): Fields {
  if (group.logGroupClass === 'INFREQUENT_ACCESS')
    throw new AwsError(
      'InvalidParameterException',
      'FilterLogEvents is not supported for log groups in the INFREQUENT_ACCESS log class.',
    );
  const { startTime: from = 0, endTime: to = Number.POSITIVE_INFINITY } = timesOf(call.input);
  const prefix = optionalText(call.input, 'logStreamNamePrefix') ?? '';
  const names = textsOf(call.input, 'logStreamNames');
  if (prefix !== '' && names.length > 0)
    throw new AwsError('InvalidParameterException', 'logStreamNamePrefix and logStreamNames cannot be used together.');
  const events = group.lines
    .filter(({ timestamp }) => timestamp >= from && timestamp <= to)
    .filter(({ stream }) => stream.startsWith(prefix) && (names.length === 0 || names.includes(stream)));
  const { token, max } = PAGES;
  const [offset, isEmpty] = [
    optionalText(call.input, token),
    optionalText(call.input, token)?.startsWith('empty:') === true,
  ];
  if (offset !== undefined && !isEmpty) return { events: [], searchedLogStreams: [], nextToken: `empty:${offset}` };
  const input = isEmpty ? { ...call.input, [token]: offset?.slice('empty:'.length) } : call.input;
  const { items, next } = takePage({ ...call, input }, events, { token, max });
  return { events: items.map(showEvent), searchedLogStreams: [], nextToken: next };
}

function timesOf(input: Fields): { readonly startTime?: number | undefined; readonly endTime?: number | undefined } {
  return { startTime: optionalNumber(input, 'startTime'), endTime: optionalNumber(input, 'endTime') };
}

function showEvent({ stream, timestamp, ingestionTime, message, ptr }: LocalLogLine): Fields {
  return { logStreamName: stream, timestamp, message, ingestionTime, eventId: ptr };
}

function showRecord({ stream, timestamp, ingestionTime, message, ptr }: LocalLogLine, log: string): Fields {
  return {
    '@message': message,
    '@timestamp': String(timestamp),
    '@ingestionTime': String(ingestionTime),
    '@logStream': stream,
    '@log': log,
    '@ptr': ptr,
  };
}
