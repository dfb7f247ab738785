import { describe, expect, it } from 'vitest';
import type { QueryRow, QueryRun } from '../../shared/aws/insights-query.ts';
import type { LogsApi } from '../../shared/aws/logs-api.ts';
import { readInsights } from '../../shared/aws/logs-insights.ts';
import { createScanBudget } from '../../shared/aws/scan-price.ts';
import {
  AUTHENTICATOR,
  awsError,
  fastTimer,
  type LocalLogs,
  type LocalLogsOptions,
  logGroup,
  logLines,
  openLocalLogs,
} from '../support/local-logs.ts';

const TEXT = 'fields @timestamp, @message, @logStream, @log, @ptr\n| sort @timestamp asc';
const FROM = Date.parse('2026-11-20T08:00:00Z') / 1000;

/** One line a second. */
function secondLines(count: number) {
  const at = (second: number) => new Date((FROM + second) * 1000).toISOString();
  return logLines(
    AUTHENTICATOR,
    Array.from({ length: count }, (_, second) => `time="${at(second)}" level=info msg=${second}`),
  );
}

async function read(local: LocalLogs, more: Partial<QueryRun> = {}, seconds = 60) {
  const { signal } = new AbortController();
  const budget = createScanBudget(null);
  const run = { api: local.api, timer: fastTimer(), signal, budget, rowLimit: 100_000, deadlineMs: 60_000, ...more };
  const rows: QueryRow[] = [];
  const outcome = await readInsights(run, {
    logGroups: ['/aws/eks/payments/cluster'],
    text: TEXT,
    window: { from: FROM, to: FROM + seconds },
    seen: new Set(),
    isAggregate: false,
    take: async (page) => void rows.push(...page),
  });
  return { outcome, messages: rows.map((row) => row.get('@message')?.replace(/.*msg=/, '')) };
}

function open(count: number, options: LocalLogsOptions = {}): LocalLogs {
  return openLocalLogs([logGroup(secondLines(count))], options);
}

/** Answers by the local service, after those given. */
function answering(
  local: LocalLogs,
  ...first: readonly (Awaited<ReturnType<LogsApi['getResults']>> | Error)[]
): LogsApi {
  const left = [...first];
  return {
    ...local.api,
    getResults: async (input, signal) => {
      const answer = left.shift();
      if (answer instanceof Error) throw answer;
      return answer ?? local.api.getResults(input, signal);
    },
  };
}

describe('readInsights', () => {
  it('reads every page', async () => {
    const { outcome, messages } = await read(open(7, { pageSize: 3 }));

    expect(messages).toEqual(['0', '1', '2', '3', '4', '5', '6']);
    expect(outcome).toMatchObject({ readTo: FROM + 60, reason: null, error: null });
  });

  it('counts of the bytes scanned its own, whatever other queries add to the budget meanwhile', async () => {
    const local = open(7, { pageSize: 3 });
    const { outcome: alone } = await read(open(7, { pageSize: 3 }));
    const budget = createScanBudget(null);
    const api: LogsApi = {
      ...local.api,
      getResults: async (input, signal) => {
        budget.add(1_000_000);
        return local.api.getResults(input, signal);
      },
    };

    const { outcome } = await read(local, { api, budget });

    expect(alone.bytesScanned).toBeGreaterThan(0);
    expect(outcome.bytesScanned).toBe(alone.bytesScanned);
  });

  it('states a limit, and the window in seconds', async () => {
    const local = open(1);

    await read(local);

    expect(local.asked).toEqual([
      {
        text: `${TEXT}\n| limit 100000`,
        groups: ['/aws/eks/payments/cluster'],
        from: FROM,
        to: FROM + 60,
      },
    ]);
  });

  it('halves the window at the row limit, and gives no row of the second between twice', async () => {
    const local = open(10);

    const { outcome, messages } = await read(local, { rowLimit: 6 }, 10);

    expect(messages).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect(outcome).toMatchObject({ readTo: FROM + 10, reason: null });
    expect(local.asked.map(({ from, to }) => [from - FROM, to - FROM])).toEqual([
      [0, 10],
      [0, 5],
      [0, 2],
      [2, 5],
      [5, 10],
    ]);
  });

  it('halves the window when pages give more rows than were announced', async () => {
    const local = open(4);
    const api = answering(local);
    const unannounced: LogsApi = {
      ...api,
      getResults: async (input, signal) => {
        const { statistics, ...answer } = await api.getResults(input, signal);
        return { ...answer, statistics: { bytesScanned: statistics?.bytesScanned } };
      },
    };

    const { messages } = await read({ ...local, api: unannounced }, { rowLimit: 3 }, 4);

    expect(messages.toSorted()).toEqual(['0', '1', '2', '3']);
    expect(local.asked.length).toBeGreaterThan(1);
  });

  it('tells how far it came when the shortest window holds more rows than a query gives', async () => {
    const lines = [...secondLines(3), ...logLines(AUTHENTICATOR, Array(5).fill('x'), '2026-11-20T08:00:09Z')];
    const storm = lines.map((line, index) => ({ ...line, message: `${line.message} ${index}` }));

    const { outcome } = await read(openLocalLogs([logGroup(storm)]), { rowLimit: 4 }, 10);

    expect(outcome).toMatchObject({ readTo: FROM + 8, reason: 'more than 4 rows within two seconds' });
  });

  it('sums the bytes of every query', async () => {
    const local = open(10);
    const perLine = 'time="2026-11-20T08:00:00.000Z" level=info msg=0'.length;

    const whole = await read(local);
    const halved = await read(local, { rowLimit: 6 }, 10);

    expect(whole.outcome.bytesScanned).toBe(10 * perLine);
    expect(halved.outcome.bytesScanned).toBe((10 + 6 + 3 + 4 + 5) * perLine);
  });

  it('waits longer from poll to poll, and takes Unknown for not ended', async () => {
    const local = open(1);
    const timer = fastTimer();
    const waits: number[] = [];
    const sleep = async (ms: number) => {
      waits.push(ms);
      await timer.sleep(ms);
    };
    const api = answering(local, { status: 'Scheduled' }, { status: 'Running' }, { status: 'Unknown' });

    const { messages } = await read({ ...local, api }, { timer: { ...timer, sleep } });

    expect(messages).toEqual(['0']);
    expect(waits).toEqual([500, 750, 1125, 1687.5]);
  });

  it('takes no row of a query that is still running', async () => {
    const local = open(1);
    const partial = { status: 'Running', results: [[{ field: '@message', value: 'msg=half' }]] } as const;
    const results = partial.results.map((row) => [...row]);

    const { messages } = await read({ ...local, api: answering(local, { ...partial, results }) });

    expect(messages).toEqual(['0']);
  });

  it.each([
    ['Failed', 'the query failed'],
    ['Cancelled', 'the query was cancelled by somebody else'],
  ] as const)('gives up when the query ends %s', async (status, reason) => {
    const local = open(3);

    const { outcome, messages } = await read({ ...local, api: answering(local, { status }) });

    expect(messages).toEqual([]);
    expect(outcome).toMatchObject({ readTo: null, reason, error: null });
  });

  it('asks for halves when AWS ended the query for its time', async () => {
    const local = open(3);

    const { outcome, messages } = await read({ ...local, api: answering(local, { status: 'Timeout' }) });

    expect(messages).toEqual(['0', '1', '2']);
    expect(outcome).toMatchObject({ readTo: FROM + 60, reason: null });
    expect(local.asked).toHaveLength(3);
  });

  it('stops a query that does not end in time', async () => {
    const local = open(1);
    const api = { ...local.api, getResults: async () => ({ status: 'Running' as const }) };

    const { outcome } = await read({ ...local, api });

    expect(outcome).toMatchObject({ readTo: null, reason: 'the query did not end in time' });
    expect(local.stopped).toEqual(['query-1']);
  });

  it('stops the query when the run is aborted, whatever stopping answers', async () => {
    const local = open(1);
    const abort = new AbortController();
    const stopped: string[] = [];
    const api: LogsApi = {
      ...local.api,
      getResults: async () => {
        abort.abort();
        return { status: 'Running' };
      },
      stopQuery: async (id) => {
        stopped.push(id);
        throw awsError('InvalidParameterException', 'query is not running');
      },
    };

    const { outcome } = await read({ ...local, api }, { signal: abort.signal });

    expect(outcome).toMatchObject({ readTo: null, reason: 'out of time' });
    expect(stopped).toEqual(['query-1']);
  });

  it('stops a query that scans more than the run may', async () => {
    const local = open(1);
    const statistics = { bytesScanned: 3e9 };
    const budget = createScanBudget(2);

    const { outcome } = await read({ ...local, api: answering(local, { status: 'Running', statistics }) }, { budget });

    expect(outcome).toEqual({
      readTo: null,
      reason: 'the limit of bytes to scan is used up',
      error: null,
      bytesScanned: 3e9,
    });
    expect(local.stopped).toEqual(['query-1']);
  });

  it('waits for room when the account runs too many queries', async () => {
    const local = open(1);
    let refusals = 2;
    const api: LogsApi = {
      ...local.api,
      startQuery: async (input, signal) => {
        refusals -= 1;
        if (refusals >= 0) throw awsError('LimitExceededException');
        return local.api.startQuery(input, signal);
      },
    };

    const { messages } = await read({ ...local, api });

    expect(messages).toEqual(['0']);
  });

  it('gives up when there is no room in all its time', async () => {
    const local = open(1);
    const startQuery = async () => Promise.reject(awsError('LimitExceededException'));

    const { outcome } = await read({ ...local, api: { ...local.api, startQuery } });

    expect(outcome).toMatchObject({ readTo: null, reason: 'too many queries of this account run at once' });
  });

  it('keeps what was read before an error, and hands the error on', async () => {
    const local = open(10);
    const denied = awsError('AccessDeniedException');
    let queries = 0;
    const api: LogsApi = {
      ...local.api,
      startQuery: async (input, signal) => {
        queries += 1;
        if (queries === 3) throw denied;
        return local.api.startQuery(input, signal);
      },
    };

    const { outcome, messages } = await read({ ...local, api }, { rowLimit: 9 }, 10);

    expect(messages).toEqual(['0', '1', '2', '3', '4', '5']);
    expect(outcome).toMatchObject({ readTo: FROM + 5, error: denied });
  });
});
