/** Turns a plain YAML scalar, and the gaps inside any flow scalar, into the text they stand for, by libyaml's rules. */

export interface ScannedText {
  readonly value: string;
  /** Just past the last character that belongs to the scalar. */
  readonly end: number;
  /** Where scanning goes on: past the blanks and line breaks that follow, as far as they were consumed. */
  readonly next: number;
}

export interface Refused {
  readonly refused: string;
  readonly at: number;
}

export function isBreak(char: string): boolean {
  return char === '\n' || char === '\r' || char === '\u0085' || char === '\u2028' || char === '\u2029';
}

export function isBlank(char: string): boolean {
  return char === ' ' || char === '\t';
}

/** The end of the text, where `charAt` gives an empty string, counts too. */
export function isBlankOrEnd(char: string): boolean {
  return char === '' || isBlank(char) || isBreak(char);
}

export function breakLength(text: string, at: number): number {
  return text.startsWith('\r\n', at) ? 2 : 1;
}

/** Every line break reads as a line feed, but for the two of Unicode, which stay. */
export function breakValue(text: string, at: number): string {
  const char = text.charAt(at);
  return char === '\u2028' || char === '\u2029' ? char : '\n';
}

/** `---` or `...` at the start of a line. */
export function isDocumentMarker(text: string, at: number): boolean {
  const isMarker = text.startsWith('---', at) || text.startsWith('...', at);
  if (!isMarker || !isBlankOrEnd(text.charAt(at + 3))) return false;
  const before = text.charAt(at - 1);
  return before === '' || isBreak(before) || (at === 1 && before === '\ufeff');
}

/** A byte order mark takes no column. */
export function columnOf(text: string, at: number): number {
  let start = at;
  while (start > 0 && !isBreak(text.charAt(start - 1))) start -= 1;
  return at - start - (start === 0 && at > 0 && text.startsWith('\ufeff') ? 1 : 0);
}

export interface Gap {
  /** What the blanks and line breaks between two words read as. */
  readonly value: string;
  readonly next: number;
  readonly hasBreak: boolean;
  /** First tab that stands left of the indentation. */
  readonly badTab: number | null;
}

export interface GapRules {
  /** Column that text on a further line must reach. */
  readonly indent: number;
  /** The gap follows a line break that was escaped: it does not count, but the line's indentation does not either. */
  readonly afterBreak: boolean;
}

/** Blanks and line breaks inside a flow scalar: one break folds to a space, of more the first is dropped. */
export function scanGap(text: string, start: number, { indent, afterBreak }: GapRules): Gap {
  let at = start;
  let blanks = '';
  let first = '';
  let others = '';
  let lineStart = afterBreak ? start : null;
  let badTab: number | null = null;
  for (let char = text.charAt(at); isBlank(char) || isBreak(char); char = text.charAt(at)) {
    if (isBlank(char)) {
      if (lineStart === null) blanks += char;
      else if (char === '\t' && at - lineStart < indent) badTab ??= at;
      at += 1;
      continue;
    }
    if (lineStart === null) first = breakValue(text, at);
    else others += breakValue(text, at);
    at += breakLength(text, at);
    lineStart = at;
  }
  const folded = first === '\n' ? others || ' ' : first + others;
  return { value: lineStart === null ? blanks : folded, next: at, hasBreak: lineStart !== null, badTab };
}

export interface PlainRules {
  readonly indent: number;
  readonly inFlow: boolean;
}

/** A plain scalar from its first character. */
export function scanPlain(
  text: string,
  start: number,
  { indent, inFlow }: PlainRules,
): (ScannedText & { readonly hasBreak: boolean }) | Refused {
  let value = '';
  let end = start;
  let gap: Gap = { value: '', next: start, hasBreak: false, badTab: null };
  while (!isDocumentMarker(text, gap.next) && text.charAt(gap.next) !== '#') {
    const wordEnd = findWordEnd(text, gap.next, inFlow);
    if (wordEnd === gap.next) break;
    value += gap.value + text.slice(gap.next, wordEnd);
    end = wordEnd;
    gap = scanGap(text, wordEnd, { indent, afterBreak: false });
    if (gap.badTab !== null) return { refused: 'found a tab character that violates indentation', at: gap.badTab };
    if (gap.next === wordEnd) break;
    if (gap.hasBreak && !inFlow && columnOf(text, gap.next) < indent) break;
  }
  return { value, end, next: gap.next, hasBreak: gap.hasBreak };
}

function findWordEnd(text: string, start: number, inFlow: boolean): number {
  let at = start;
  for (let char = text.charAt(at); !isBlankOrEnd(char); char = text.charAt(at)) {
    if (char === ':' && isBlankOrEnd(text.charAt(at + 1))) break;
    if (inFlow && ',?[]{}'.includes(char)) break;
    at += 1;
  }
  return at;
}
