/** The access review: the rows of the view into a table for spreadsheets. */
import { stringify } from 'csv-stringify/sync';
import { escapeCell } from './escape.ts';
import { REVIEW_COLUMNS, type ReviewRow } from './view-review.ts';

/** Every cell is quoted: a spreadsheet that splits at semicolons then finds none to split at. */
export function renderCsv(rows: readonly ReviewRow[]): string {
  const cells = rows.map((row) => REVIEW_COLUMNS.map((column) => escapeCell(row[column])));
  return stringify([[...REVIEW_COLUMNS], ...cells], { quoted: true, quoted_empty: true, escape_formulas: true });
}
