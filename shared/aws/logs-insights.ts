/** Turns one Insights query over a window into its rows, page by page, in halves where it gives more than it may. */
import { type CompleteQuery, type Results, takePages } from './insights-pages.ts';
import type { InsightsQuery, QueryRun, QueryWindow } from './insights-query.ts';
import type { LogsApi } from './logs-api.ts';

export interface QueryOutcome {
  /** The end of what was read in one piece from the start of the window on; null: nothing was. */
  readonly readTo: number | null;
  /** Why the rest was not; null: all was read. */
  readonly reason: string | null;
  /** What the SDK threw, if that is why. */
  readonly error: unknown;
  readonly bytesScanned: number;
}

type QueryEnd =
  | ({ readonly kind: 'complete' } & CompleteQuery)
  | { readonly kind: 'too-large' | 'over'; readonly reason: string };

export async function readInsights(run: QueryRun, query: InsightsQuery): Promise<QueryOutcome> {
  const progress: Progress = { readTo: null };
  let bytesScanned = 0;
  const add = (bytes: number): void => {
    // Other queries add to the budget meanwhile: what it grew by is not this one's.
    bytesScanned += bytes;
    run.budget.add(bytes);
  };
  let end: Pick<QueryOutcome, 'reason' | 'error'>;
  try {
    const reason = await readWindows({ ...run, budget: { ...run.budget, add } }, query, progress);
    end = { reason, error: null };
  } catch (error) {
    end = { reason: run.signal.aborted ? 'out of time' : 'the query could not be run', error };
  }
  return { ...end, readTo: progress.readTo, bytesScanned };
}

interface Progress {
  readTo: number | null;
}

/** Gives the reason to stop early. Oldest first, so that what was read is always one piece. */
async function readWindows(run: QueryRun, query: InsightsQuery, progress: Progress): Promise<string | null> {
  const waiting = [query.window];
  for (let window = waiting.shift(); window !== undefined; window = waiting.shift()) {
    const end = await runOrSkip(run, { ...query, window });
    if (end === null) {
      progress.readTo = window.to;
      continue;
    }
    if (end.kind === 'over') return end.reason;
    if (end.kind === 'complete' && (await takePages(run, end, query))) {
      progress.readTo = window.to;
      continue;
    }
    const halves = halve(window);
    if (halves === null)
      return end.kind === 'complete' ? `more than ${run.rowLimit} rows within two seconds` : end.reason;
    waiting.unshift(...halves);
  }
  return null;
}

/** null when the log group did not exist yet in the window, or keeps nothing of it: there is nothing to read. */
async function runOrSkip(run: QueryRun, query: InsightsQuery): Promise<QueryEnd | null> {
  try {
    return await runQuery(run, query);
  } catch (error) {
    // Of several groups, it is not said whether one of them is enough for this error.
    if (query.logGroups.length === 1 && isBeforeGroup(error)) return null;
    throw error;
  }
}

export function isBeforeGroup(error: unknown): boolean {
  const { name, message } = (error ?? {}) as { readonly name?: unknown; readonly message?: unknown };
  return name === 'MalformedQueryException' && /creation time|retention settings/.test(String(message));
}

/** Both halves hold the second between them: whether the end of a window takes in its last milliseconds is not said. */
function halve({ from, to }: QueryWindow): readonly [QueryWindow, QueryWindow] | null {
  if (to - from < 2) return null;
  const middle = Math.floor((from + to) / 2);
  return [
    { from, to: middle },
    { from: middle, to },
  ];
}

async function runQuery(run: QueryRun, { logGroups, text, window }: InsightsQuery): Promise<QueryEnd> {
  if (run.signal.aborted) return { kind: 'over', reason: 'out of time' };
  if (run.budget.isSpent()) return { kind: 'over', reason: 'the limit of bytes to scan is used up' };
  const startedMs = run.timer.nowMs();
  const id = await startQuery(run, {
    logGroupNames: [...logGroups],
    startTime: window.from,
    endTime: window.to,
    // Without one the number of rows is not documented for certain.
    queryString: `${text}\n| limit ${run.rowLimit}`,
  });
  if (id === null) return { kind: 'over', reason: 'too many queries of this account run at once' };
  try {
    return await waitForEnd(run, { id, startedMs });
  } catch (error) {
    await stop(run, id);
    throw error;
  }
}

/** null when other queries of the account leave no room for it in all the time it has. */
async function startQuery(run: QueryRun, input: Parameters<LogsApi['startQuery']>[0]): Promise<string | null> {
  const startedMs = run.timer.nowMs();
  for (let delayMs = 2_000; run.timer.nowMs() - startedMs < run.deadlineMs; delayMs = Math.min(delayMs * 2, 30_000)) {
    try {
      const { queryId } = await run.api.startQuery(input, run.signal);
      if (queryId !== undefined) return queryId;
    } catch (error) {
      if ((error as { name?: unknown }).name !== 'LimitExceededException') throw error;
    }
    await pause(run, delayMs);
    if (run.signal.aborted) return null;
  }
  return null;
}

const FIRST_POLL_MS = 500;
const LAST_POLL_MS = 5_000;

async function waitForEnd(
  run: QueryRun,
  { id, startedMs }: { readonly id: string; readonly startedMs: number },
): Promise<QueryEnd> {
  for (let delayMs = FIRST_POLL_MS; ; delayMs = Math.min(delayMs * 1.5, LAST_POLL_MS)) {
    await pause(run, delayMs);
    if (run.signal.aborted) return stopFor(run, id, 'out of time');
    const first = await run.api.getResults({ queryId: id }, run.signal);
    const bytes = first.statistics?.bytesScanned ?? 0;
    const isOver = first.status !== 'Scheduled' && first.status !== 'Running' && first.status !== 'Unknown';
    if (isOver) {
      run.budget.add(bytes);
      return endOf(first, id);
    }
    const isLate = run.timer.nowMs() - startedMs > run.deadlineMs;
    if (!isLate && !run.budget.isSpent(bytes)) continue;
    run.budget.add(bytes);
    return stopFor(run, id, isLate ? 'the query did not end in time' : 'the limit of bytes to scan is used up');
  }
}

function endOf(first: Results, id: string): QueryEnd {
  if (first.status === 'Complete') return { kind: 'complete', id, first };
  // Less to read may end in time.
  if (first.status === 'Timeout') return { kind: 'too-large', reason: 'the query ran into the time limit of AWS' };
  const how = first.status === 'Cancelled' ? 'was cancelled by somebody else' : 'failed';
  return { kind: 'over', reason: `the query ${how}` };
}

async function stopFor(run: QueryRun, id: string, reason: string): Promise<QueryEnd> {
  await stop(run, id);
  return { kind: 'over', reason };
}

/** A query that has ended by itself answers with an error, and one that goes on costs money: either way there is no more to do. */
async function stop({ api }: QueryRun, id: string): Promise<void> {
  await api.stopQuery(id).catch(() => {});
}

async function pause({ timer, signal }: QueryRun, ms: number): Promise<void> {
  if (signal.aborted) return;
  let wake = (): void => {};
  const aborted = new Promise<void>((resolve) => {
    wake = resolve;
    signal.addEventListener('abort', wake, { once: true });
  });
  await Promise.race([timer.sleep(ms), aborted]);
  signal.removeEventListener('abort', wake);
}
