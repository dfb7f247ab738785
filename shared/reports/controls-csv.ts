/** Controls of standards into a table for spreadsheets, a row for each control and cluster. */
import { stringify } from 'csv-stringify/sync';
import { escapeCell } from './escape.ts';
import { CONTROL_COLUMNS, type ControlRow } from './view-compliance.ts';

export function renderControlsCsv(rows: readonly ControlRow[]): string {
  const cells = rows.map((row) => CONTROL_COLUMNS.map((column) => escapeCell(row[column])));
  return stringify([[...CONTROL_COLUMNS], ...cells], { quoted: true, quoted_empty: true, escape_formulas: true });
}
