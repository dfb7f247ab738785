/**
 * What the local CloudWatch Logs asks of its Insights interpreter: one query over the lines of its groups into rows. The
 * life of a query (ids, Running before Complete, pages, faults, limits) stays with the server; the interpreter is pure.
 */

export interface LocalLogLine {
  /** Names the line for GetLogRecord: the `@ptr` of its row. */
  readonly ptr: string;
  readonly stream: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
}

export interface LocalLogGroup {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly logGroupClass: 'STANDARD' | 'INFREQUENT_ACCESS';
  /** All of the group, ordered by time; the interpreter applies the window of the query. */
  readonly lines: readonly LocalLogLine[];
}

export interface LocalQuery {
  readonly queryString: string;
  /** Epoch SECONDS, both inclusive, as StartQuery takes them. */
  readonly startTime: number;
  readonly endTime: number;
  /** Of the StartQuery call; a `limit` command in the text stands beside it. */
  readonly limit: number | undefined;
  readonly groups: readonly LocalLogGroup[];
}

export interface QueryField {
  readonly field: string;
  readonly value: string;
}

export type QueryAnswer =
  | {
      readonly kind: 'rows';
      /** Over all pages, in the order of the query; a row that is no aggregate carries `@ptr`. */
      readonly rows: readonly (readonly QueryField[])[];
      readonly statistics: {
        readonly recordsMatched: number;
        readonly recordsScanned: number;
        readonly estimatedRecordsSkipped: number;
        readonly bytesScanned: number;
        readonly estimatedBytesSkipped: number;
        readonly logGroupsScanned: number;
      };
    }
  /** Becomes MalformedQueryException with its place in the text. */
  | {
      readonly kind: 'malformed';
      readonly message: string;
      readonly startCharOffset: number;
      readonly endCharOffset: number;
    };

/** Filled by `insights/`: `export const runQuery: RunQuery` in `insights/run-query.ts`. */
export type RunQuery = (query: LocalQuery) => QueryAnswer;
