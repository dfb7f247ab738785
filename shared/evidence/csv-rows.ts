/** Turns the lines of a CSV export into rows, over as many lines as a quoted message takes. */
import { hasOpenQuote, parseCsvRow } from './csv-cells.ts';
import type { JsonObject } from './parse-json.ts';

/** A log event holds at most a megabyte; a row that is larger has lost its closing quote. */
const MAX_ROW_CHARS = 4 * 1024 * 1024;

export interface CsvRow {
  /** By column. null when the text is no row of this table. */
  readonly value: JsonObject | null;
  readonly text: string;
  /** Where it starts. */
  readonly line: number;
}

export interface CsvReader {
  readonly read: (text: string, line: number) => Iterable<CsvRow>;
  readonly end: () => Iterable<CsvRow>;
  /** Whether a row goes on in the next line. */
  readonly isOpen: () => boolean;
}

export function createCsvReader(columns: readonly string[], maxChars = MAX_ROW_CHARS): CsvReader {
  let lines: { readonly text: string; readonly line: number }[] = [];
  let size = 0;

  /** A quote that never closes belongs to its own line alone; those behind it are rows for themselves. */
  function* giveUp(): Iterable<CsvRow> {
    const held = lines;
    lines = [];
    size = 0;
    for (const { text, line } of held)
      yield hasOpenQuote(text) ? { value: null, text, line } : toRow(columns, text, line);
  }

  return {
    *read(text, line) {
      const wasOpen = lines.length > 0;
      lines.push({ text, line });
      size += text.length + 1;
      if (wasOpen !== hasOpenQuote(text)) {
        if (size > maxChars) yield* giveUp();
        return;
      }
      const row = lines.map((part) => part.text).join('\n');
      const first = lines[0]?.line ?? line;
      lines = [];
      size = 0;
      yield toRow(columns, row, first);
    },
    end: giveUp,
    isOpen: () => lines.length > 0,
  };
}

function toRow(columns: readonly string[], text: string, line: number): CsvRow {
  const cells = parseCsvRow(text);
  if (cells.length !== columns.length) return { value: null, text, line };
  return { value: Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])), text, line };
}
