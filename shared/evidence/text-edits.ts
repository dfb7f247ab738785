/** Changes of the text of a section into changes of the file that it is written in, and those into the changed file. */
import type { SectionText } from './aws-auth-reading.ts';
import { findScalarStyle, isBlank, writtenLength } from './scalar-offsets.ts';

export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly insert: string;
}

/** Of edits that overlap or are alike the first counts: rows that share a text by an alias ask for the same one. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const pieces: string[] = [];
  let at = 0;
  let last: TextEdit | null = null;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const isAlike = last !== null && edit.start === last.start && edit.end === last.end;
    if (edit.start < at || isAlike) continue;
    pieces.push(text.slice(at, edit.start), edit.insert);
    at = edit.end;
    last = edit;
  }
  return [...pieces, text.slice(at)].join('');
}

/**
 * The same change in the file; null where the file does not hold the very characters, such as behind an escape.
 * It must begin and end at characters that are not blank, since of those alone the places are known.
 */
export function placeEdit(file: string, place: SectionText, { start, end, insert }: TextEdit): TextEdit | null {
  const encoded = encode(insert, findScalarStyle(file, place.span));
  if (start === end) {
    const at = findGap(file, place, start);
    return at === null ? null : { start: at, end: at, insert: encoded };
  }
  const from = place.offsets[start] ?? -1;
  const to = (place.offsets[end - 1] ?? -1) + 1;
  return file.slice(from, to) === place.text.slice(start, end) ? { start: from, end: to, insert: encoded } : null;
}

/** Right behind the character before it, or right before the one behind it. */
function findGap(file: string, { text, span, offsets }: SectionText, at: number): number | null {
  const before = offsets[at - 1];
  if (before !== undefined && !isBlank(text.charAt(at - 1)))
    return before + writtenLength(file, before, findScalarStyle(file, span));
  return at < text.length && !isBlank(text.charAt(at)) ? (offsets[at] ?? null) : null;
}

/** Blanks in front of a character that is not blank, replaced by others; null where they are not written as they are. */
export function placeIndent(file: string, place: SectionText, { start, end, insert }: TextEdit): TextEdit | null {
  const behind = place.offsets[end] ?? -1;
  const from = behind - (end - start);
  const isWritten = from >= 0 && file.slice(from, behind) === place.text.slice(start, end);
  return isWritten ? { start: from, end: behind, insert } : null;
}

function encode(insert: string, style: ReturnType<typeof findScalarStyle>): string {
  if (style === 'double') return JSON.stringify(insert).slice(1, -1);
  return style === 'single' ? insert.replaceAll("'", "''") : insert;
}
