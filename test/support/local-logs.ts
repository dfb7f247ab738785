/** CloudWatch Logs of one region in memory, with its Insights, and everything it was asked kept for a test to look at. */
import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type { RegionLogs } from '../../shared/aws/cluster-logs.ts';
import type { LogsApi } from '../../shared/aws/logs-api.ts';
import { createScanBudget } from '../../shared/aws/scan-price.ts';
import type { ClusterPlace, LogTask } from '../../shared/ports.ts';
import { runQuery } from './local-aws/insights/run-query.ts';
import type { LocalLogGroup, LocalLogLine } from './local-aws/log-queries.ts';

export const PLACE = { account: '111122223333', region: 'eu-central-1', name: 'payments' } as const;

export const AUTHENTICATOR = 'authenticator-0123456789abcdef0123456789abcdef';
export const AUDIT = 'kube-apiserver-audit-0123456789abcdef0123456789abcdef';

export function awsError(name: string, message = name): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } });
}

/** Lines of one stream; the time of a line stands in it, else it is `at`. */
export function logLines(stream: string, messages: readonly string[], at = '2026-11-20T08:00:00Z') {
  return messages.map((message, index): LocalLogLine => {
    const own = /(?:time="|"(?:requestReceivedTimestamp|stageTimestamp)":")([^"]+)"/.exec(message)?.[1];
    const timestamp = Date.parse(own ?? at);
    return { ptr: `${stream.slice(0, 14)}-${index}`, stream, timestamp, ingestionTime: timestamp + 5000, message };
  });
}

export function logGroup(lines: readonly LocalLogLine[], name: string = PLACE.name): LocalLogGroup {
  const sorted = lines.toSorted((a, b) => a.timestamp - b.timestamp);
  return { ...PLACE, name: `/aws/eks/${name}/cluster`, logGroupClass: 'STANDARD', lines: sorted };
}

export interface LocalLogs {
  readonly api: LogsApi;
  /** Query texts, in order. */
  readonly asked: {
    readonly text: string;
    readonly groups: readonly string[];
    readonly from: number;
    readonly to: number;
  }[];
  readonly stopped: string[];
}

export interface LocalLogsOptions {
  readonly pageSize?: number;
  /** What DescribeLogGroups says beyond the name. */
  readonly described?: Partial<LogGroup>;
  readonly faults?: Partial<LogsApi>;
}

export function openLocalLogs(groups: readonly LocalLogGroup[], options: LocalLogsOptions = {}): LocalLogs {
  const asked: LocalLogs['asked'] = [];
  const stopped: string[] = [];
  const answers = new Map<string, ReturnType<typeof runQuery>>();
  const pageSize = options.pageSize ?? 10_000;
  const find = (name: string | undefined) => groups.find((group) => group.name === name);
  const api: LogsApi = {
    describeGroups: async ({ logGroupNamePrefix = '' }) => ({
      logGroups: groups
        .filter(({ name }) => name.startsWith(logGroupNamePrefix))
        .map(({ name, logGroupClass }) => ({ logGroupName: name, logGroupClass, ...options.described })),
    }),
    describeStreams: async ({ logGroupName, logStreamNamePrefix = '' }) => {
      const names = new Set(find(logGroupName)?.lines.map(({ stream }) => stream));
      const wanted = [...names].filter((name) => name.startsWith(logStreamNamePrefix)).sort();
      return { logStreams: wanted.map((logStreamName) => ({ logStreamName })) };
    },
    startQuery: async ({ logGroupNames = [], queryString = '', startTime = 0, endTime = 0 }) => {
      const queryId = `query-${asked.length + 1}`;
      asked.push({ text: queryString, groups: logGroupNames, from: startTime, to: endTime });
      const queried = logGroupNames.flatMap((name) => find(name) ?? []);
      const answer = runQuery({ queryString, startTime, endTime, limit: undefined, groups: queried });
      if (answer.kind === 'malformed') throw awsError('MalformedQueryException', answer.message);
      answers.set(queryId, answer);
      return { queryId };
    },
    getResults: async ({ queryId = '', nextToken }) => {
      const answer = answers.get(queryId);
      if (answer?.kind !== 'rows') throw awsError('ResourceNotFoundException');
      const from = Number(nextToken ?? 0);
      const rows = answer.rows.slice(from, from + pageSize).map((cells) => [...cells]);
      const isLast = from + pageSize >= answer.rows.length;
      return {
        status: 'Complete',
        results: rows,
        statistics: { ...answer.statistics, resultCount: answer.rows.length },
        ...(isLast ? {} : { nextToken: String(from + pageSize) }),
      };
    },
    stopQuery: async (queryId) => {
      stopped.push(queryId);
    },
    ...options.faults,
  };
  return { api, asked, stopped };
}

/** Time passes at once, as far as it is asked to. */
export function fastTimer() {
  let nowMs = 0;
  return {
    nowMs: () => nowMs,
    sleep: async (ms: number) => {
      nowMs += ms;
    },
  };
}

export interface Region extends RegionLogs {
  readonly task: LogTask;
  /** What was written, by path. */
  readonly written: Map<string, string>;
  readonly steps: readonly string[];
}

export function openRegion(
  api: LogsApi,
  more: {
    readonly run?: Partial<RegionLogs['run']>;
    readonly window?: LogTask['window'];
    readonly maxScanGb?: number;
  } = {},
): Region {
  const written = new Map<string, string>();
  const steps: string[] = [];
  const { signal } = new AbortController();
  const budget = createScanBudget(more.maxScanGb ?? null);
  const run = { api, timer: fastTimer(), signal, budget, rowLimit: 100_000, deadlineMs: 60_000, ...more.run };
  const sink: LogTask['sink'] = {
    async write(file, text) {
      let whole = '';
      if (typeof text === 'string') whole = text;
      else for await (const piece of text) whole += piece;
      written.set(file, whole);
    },
  };
  const progress = { step: (what: string) => void steps.push(what), end: () => {} };
  const window = more.window ?? { from: '2026-11-20T00:00:00Z', to: '2026-11-21T00:00:00Z' };
  const task = { sink, progress, signal: run.signal, window };
  return { run, partition: 'aws', knownAdmins: [], task, written, steps };
}

export const ONE: readonly ClusterPlace[] = [PLACE];
