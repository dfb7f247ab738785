/** Where each character of a scalar's value stands in the text that it was written in, whatever its style. */
import type { Span } from './go-yaml.ts';

export type ScalarStyle = 'double' | 'single' | 'block' | 'plain';

export function findScalarStyle(text: string, { start }: Span): ScalarStyle {
  const mark = text.charAt(start);
  if (mark === '"') return 'double';
  if (mark === "'") return 'single';
  return mark === '|' || mark === '>' ? 'block' : 'plain';
}

/**
 * For each character of the value its offset in the text, and one more for the end. Only the places of blanks are
 * guessed: folding and indentation change them, but every other character of a value is written in its order.
 */
export function mapOffsets(text: string, span: Span, value: string): Int32Array {
  const marks = listMarks(text, span);
  const offsets = new Int32Array(value.length + 1);
  let last = span.start;
  for (let at = 0; at < value.length; at += 1) {
    const isMark = !isBlank(value.charAt(at));
    if (isMark) last = marks.next().value ?? last;
    offsets[at] = isMark ? last : Math.min(last + 1, span.end);
  }
  offsets[value.length] = Math.min(last + 1, span.end);
  placeIndentation(value, offsets);
  return offsets;
}

/** Blanks in front of a character on the same line stand right before it. */
function placeIndentation(value: string, offsets: Int32Array): void {
  for (let at = value.length - 2; at >= 0; at -= 1) {
    const isLineEnd = value.charAt(at) === '\n' || value.charAt(at + 1) === '\n';
    if (!isLineEnd && isBlank(value.charAt(at))) offsets[at] = Math.max(offsets[at] ?? 0, (offsets[at + 1] ?? 0) - 1);
  }
}

/** How many characters the text spends on the one of the value that stands there. */
export function writtenLength(text: string, at: number, style: ScalarStyle): number {
  return readCharacter(text, at, style).length;
}

export function isBlank(char: string): boolean {
  return /[\s\u0085]/.test(char);
}

/** Offsets of all that is not blank, one for each UTF-16 unit that it stands for. */
function* listMarks(text: string, span: Span): Generator<number, undefined> {
  const style = findScalarStyle(text, span);
  const isQuoted = style === 'double' || style === 'single';
  const end = isQuoted ? span.end - 1 : span.end;
  let at = style === 'block' ? findBody(text, span) : span.start + (isQuoted ? 1 : 0);
  while (at < end) {
    const { value, length } = readCharacter(text, at, style);
    for (const unit of value.split('')) if (!isBlank(unit)) yield at;
    at += length;
  }
}

/** The first line below `|` or `>`. */
function findBody(text: string, { start, end }: Span): number {
  const lineEnd = text.slice(start, end).search(/[\n\r\u0085\u2028\u2029]/);
  return lineEnd === -1 ? end : start + lineEnd;
}

const HEX = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y;
const BLANK_ESCAPES = new Set(['n', 't', 'r', 'f', 'v', ' ', '_', 'N', 'L', 'P', '\t', '\n', '\r']);

function readCharacter(
  text: string,
  at: number,
  style: ScalarStyle,
): { readonly value: string; readonly length: number } {
  const char = text.charAt(at);
  if (style === 'single' && char === "'") return { value: char, length: 2 };
  if (style !== 'double' || char !== '\\') return { value: char, length: 1 };
  HEX.lastIndex = at;
  const hex = HEX.exec(text);
  if (hex !== null) {
    const code = Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? '', 16);
    return { value: code > 0x10ffff ? '?' : String.fromCodePoint(code), length: hex[0].length };
  }
  const escaped = text.charAt(at + 1);
  return { value: BLANK_ESCAPES.has(escaped) ? ' ' : escaped, length: 2 };
}
