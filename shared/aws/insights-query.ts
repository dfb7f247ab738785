/** What a query of Logs Insights is asked with, and what its rows are. */
import type { LogsApi } from './logs-api.ts';
import type { Timer } from './pace.ts';
import type { ScanBudget } from './scan-price.ts';

/** Field to value; what a row lacks is not in it. */
export type QueryRow = ReadonlyMap<string, string>;

/** Epoch seconds, both in whole inside the window. */
export interface QueryWindow {
  readonly from: number;
  readonly to: number;
}

export interface QueryRun {
  readonly api: LogsApi;
  readonly timer: Timer;
  readonly signal: AbortSignal;
  readonly budget: ScanBudget;
  /** Rows that one query gives at most: 100,000 is the largest that AWS takes. */
  readonly rowLimit: number;
  /** How long one query is waited for. */
  readonly deadlineMs: number;
}

export interface InsightsQuery {
  readonly logGroups: readonly string[];
  /** Without a limit, which the run adds. */
  readonly text: string;
  readonly window: QueryWindow;
  /** Of rows that were given already: by a half of the window, by a whole that was too large, by an attempt before. */
  readonly seen: Set<string>;
  /** Aggregates are worth nothing in part: they are given when all pages of a query came. */
  readonly isAggregate: boolean;
  readonly take: (rows: readonly QueryRow[]) => Promise<void>;
}
