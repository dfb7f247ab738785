/** The pages of a query that is complete into its rows, each given once. */
import { createHash } from 'node:crypto';
import type { GetQueryResultsCommandOutput, ResultField } from '@aws-sdk/client-cloudwatch-logs';
import type { InsightsQuery, QueryRow, QueryRun } from './insights-query.ts';

export type Results = Pick<GetQueryResultsCommandOutput, 'results' | 'nextToken' | 'status' | 'statistics'>;

export interface CompleteQuery {
  readonly id: string;
  readonly first: Results;
}

/** False when there are more rows than the query gave, or other ones than it announced. */
export async function takePages(run: QueryRun, { id, first }: CompleteQuery, query: InsightsQuery): Promise<boolean> {
  const announced = first.statistics?.resultCount;
  if (announced !== undefined && announced >= run.rowLimit) return false;
  // Pages that shifted between two calls repeat a row, or leave one out.
  const own = new Set<string>();
  const held: QueryRow[] = [];
  let page = first;
  for (;;) {
    const fresh = (page.results ?? []).map(toRow).filter((row) => isFirst(hashRow(row, [...row.keys()]), own));
    if (query.isAggregate) held.push(...fresh);
    else await giveUnseen(fresh, query);
    if (page.nextToken === undefined) break;
    page = await run.api.getResults({ queryId: id, nextToken: page.nextToken }, run.signal);
  }
  const isWhole = own.size < run.rowLimit && own.size === (announced ?? own.size);
  if (isWhole && held.length > 0) await query.take(held);
  return isWhole;
}

/** The pointer is left out: whether another query gives the same one for the same line is not documented. */
const LINE_FIELDS = ['@log', '@logStream', '@timestamp', '@message'];

async function giveUnseen(rows: readonly QueryRow[], { seen, take }: InsightsQuery): Promise<void> {
  const unseen = rows.filter((row) => isFirst(hashRow(row, LINE_FIELDS), seen));
  if (unseen.length > 0) await take(unseen);
}

function toRow(cells: readonly ResultField[]): QueryRow {
  const row = new Map<string, string>();
  for (const { field, value } of cells) if (field !== undefined && value !== undefined) row.set(field, value);
  return row;
}

/** A hash, since lines may be of a megabyte. */
function hashRow(row: QueryRow, fields: readonly string[]): string {
  const hash = createHash('sha1');
  for (const field of fields) hash.update(`${field}=${row.get(field)}\n`);
  return hash.digest('base64');
}

function isFirst(key: string, keys: Set<string>): boolean {
  const isNew = !keys.has(key);
  keys.add(key);
  return isNew;
}
