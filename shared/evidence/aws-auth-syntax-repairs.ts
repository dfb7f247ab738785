/** A section of aws-auth that is no YAML into the change that makes it some, where templates or tabs are all that is wrong. */
import type { SectionText } from './aws-auth-reading.ts';
import { readRows } from './aws-auth-section.ts';
import { applyEdits, placeEdit, placeIndent, type TextEdit } from './text-edits.ts';

/** Widths that editors give a tab; behind a dash it may also stand for one blank. */
const TAB_READINGS = [2, 4, 8].flatMap((width) => [
  { width, isBlankBehindDash: true },
  { width, isBlankBehindDash: false },
]);
type TabReading = (typeof TAB_READINGS)[number];

/** Edits of the file; empty where it is not clear beyond doubt what was meant. */
export function repairSyntax(file: string, place: SectionText): TextEdit[] {
  const { section, text } = place;
  if (section === 'mapAccounts') return [];
  const templates = listTemplateEdits(text);
  if (templates.length > 0 && findRows(section, applyEdits(text, templates)) !== null)
    return collect(templates.map((edit) => placeEdit(file, place, edit)));
  const found: { readonly rows: string; readonly edits: TextEdit[] }[] = [];
  for (const reading of TAB_READINGS) {
    const tabs = listTabEdits(text, reading);
    const rows = tabs.length === 0 ? null : findRows(section, applyEdits(text, [...tabs, ...templates]));
    if (rows === null) continue;
    const edits = [
      ...tabs.map((edit) => placeIndent(file, place, edit)),
      ...templates.map((edit) => placeEdit(file, place, edit)),
    ];
    found.push({ rows, edits: collect(edits) });
  }
  const [first, ...others] = found;
  // Readings that give other rows leave open what was meant.
  return first !== undefined && others.every(({ rows }) => rows === first.rows) ? first.edits : [];
}

function collect(edits: readonly (TextEdit | null)[]): TextEdit[] {
  return edits.includes(null) ? [] : edits.filter((edit) => edit !== null);
}

/** What the rows hold, to compare; null when some of the text is not read as rows. */
function findRows(section: 'mapRoles' | 'mapUsers', text: string): string | null {
  const { drafts, complaints } = readRows(section, text);
  const isWhole = complaints.length === 0 && drafts.every(({ kind }) => kind === 'map');
  if (!isWhole || drafts.length === 0) return null;
  return JSON.stringify(
    drafts.map(({ arn, username, groups, mistakes }) => [
      arn.text,
      username.text,
      groups.map((group) => group.text),
      mistakes.length,
    ]),
  );
}

/** Values that begin with a template and go on to the end of their line. */
function* listTemplateValues(text: string): Iterable<{ readonly start: number; readonly end: number }> {
  const value =
    /^[ \t]*(?:-[ \t]+)*(?:[A-Za-z]+[ \t]*:[ \t]+)?(\{\{[^\n]*?\}\}[^\n#"\\]*?)[ \t\r]*(?:[ \t]#[^\n]*)?$/gm;
  for (const match of text.matchAll(value)) {
    const template = match[1] ?? '';
    if (/["\\]|: /.test(template)) continue;
    const start = match.index + match[0].indexOf(template);
    yield { start, end: start + template.length };
  }
}

function listTemplateEdits(text: string): readonly TextEdit[] {
  return [...listTemplateValues(text)].flatMap(({ start, end }) => [
    { start, end: start, insert: '"' },
    { start: end, end, insert: '"' },
  ]);
}

/** Tabs in front of the first word of a line, and behind its dashes, become blanks. */
function listTabEdits(text: string, { width, isBlankBehindDash }: TabReading): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  for (const line of text.matchAll(/^[ \t]*(?:-[ \t]+)*(?=\S)/gm)) {
    let column = 0;
    for (const { 0: piece, index } of line[0].matchAll(/-|[ \t]+/g)) {
      const start = line.index + index;
      const end = start + piece.length;
      const isGap = index > 0;
      const next = isGap && isBlankBehindDash && piece.includes('\t') ? column + 1 : advance(column, piece, width);
      if (piece.includes('\t')) edits.push({ start, end, insert: ' '.repeat(next - column) });
      column = next;
    }
  }
  return edits;
}

function advance(from: number, piece: string, width: number): number {
  let column = from;
  for (const char of piece) column += char === '\t' ? width - (column % width) : 1;
  return column;
}
