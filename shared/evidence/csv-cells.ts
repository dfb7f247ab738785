/** Turns a row of CSV, as the Logs Insights console and command line export it, into its cells. */

/** More than any export has columns; what is beyond stays together in the last cell. */
const MAX_CELLS = 1000;

/** Quotes doubled inside of quoted cells; text around a quoted part of a cell is kept with it. */
export function parseCsvRow(row: string): readonly string[] {
  const cells: string[] = [];
  let cell = '';
  let at = 0;
  while (at < row.length) {
    if (row[at] === '"' && cell === '') {
      const end = endOfQuoted(row, at + 1);
      cell += row.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    }
    const comma = row.indexOf(',', at);
    cell += row.slice(at, comma === -1 ? row.length : comma);
    if (comma === -1) break;
    if (cells.length === MAX_CELLS) return [...cells, row.slice(at)];
    cells.push(cell);
    cell = '';
    at = comma + 1;
  }
  return [...cells, cell];
}

function endOfQuoted(row: string, from: number): number {
  let quote = row.indexOf('"', from);
  while (quote !== -1 && row[quote + 1] === '"') quote = row.indexOf('"', quote + 2);
  return quote === -1 ? row.length : quote;
}

/** Whether a quoted cell goes on in the next line. */
export function hasOpenQuote(text: string): boolean {
  let isOpen = false;
  for (let quote = text.indexOf('"'); quote !== -1; quote = text.indexOf('"', quote + 1)) isOpen = !isOpen;
  return isOpen;
}

/** The columns of a header, or null when the line is none: a message or an identity is among them. */
export function parseCsvHeader(text: string): readonly string[] | null {
  if (text.length > 1024 || /[={[]/.test(text)) return null;
  const columns = parseCsvRow(text.trim()).map((column) => column.trim());
  const has = (...names: readonly string[]): boolean => names.every((name) => columns.includes(name));
  const isHeader =
    has('@message') || (has('message') && columns.length > 1) || has('username', 'count') || has('arn', 'count');
  return isHeader ? columns : null;
}

/**
 * The message of a row that came without its header, or of a line whose quotes are doubled since it was cut out of
 * one; null when the quotes are as they should be. An empty field (`session= `) has no quotes at all.
 */
export function findDoubledMessage(text: string): string | null {
  if (!/(?:[\s,"]|^)(?:time|level|msg)=""\S|\{""\w/.test(text)) return null;
  const wrapped = parseCsvRow(text).find((cell) => /(?:^|\s)level=\w|^\s*\{"/.test(cell) && !cell.includes('=""'));
  return wrapped ?? text.replaceAll('""', '"');
}
