/** Turns a quoted YAML scalar into the text it stands for, by libyaml's rules: no indentation asked for, `\'` known, `\/` not. */
import {
  breakLength,
  isBlankOrEnd,
  isBreak,
  isDocumentMarker,
  type Refused,
  type ScannedText,
  scanGap,
} from './go-yaml-text.ts';

const ESCAPES = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['N', '\u0085'],
  ['_', '\u00a0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);
const HEX_LENGTHS = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

interface Piece {
  readonly value: string;
  readonly next: number;
}

/** From the opening quote to behind the closing one. */
export function scanQuoted(text: string, start: number): ScannedText | Refused {
  const quote = text.charAt(start);
  const pieces: string[] = [];
  let at = start + 1;
  for (;;) {
    if (at >= text.length) return { refused: 'found unexpected end of stream', at: start };
    if (isDocumentMarker(text, at)) return { refused: 'found unexpected document indicator', at };
    const isEscapedQuote = quote === "'" && text.startsWith("''", at);
    if (text.charAt(at) === quote && !isEscapedQuote) return { value: pieces.join(''), end: at + 1, next: at + 1 };
    const piece = isEscapedQuote ? { value: "'", next: at + 2 } : scanPiece(text, at, quote);
    if ('refused' in piece) return piece;
    pieces.push(piece.value);
    at = piece.next;
  }
}

function scanPiece(text: string, at: number, quote: string): Piece | Refused {
  const char = text.charAt(at);
  if (isBlankOrEnd(char)) return scanGap(text, at, { indent: 0, afterBreak: false });
  if (char === '\\' && quote === '"') return scanEscape(text, at);
  return { value: char, next: at + 1 };
}

function scanEscape(text: string, at: number): Piece | Refused {
  const code = text.charAt(at + 1);
  if (isBreak(code)) return scanGap(text, at + 1 + breakLength(text, at + 1), { indent: 0, afterBreak: true });
  const simple = ESCAPES.get(code);
  if (simple !== undefined) return { value: simple, next: at + 2 };
  const length = HEX_LENGTHS.get(code);
  if (length === undefined) return { refused: 'found unknown escape character', at };
  const digits = text.slice(at + 2, at + 2 + length);
  if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits))
    return { refused: 'did not find expected hexadecimal number', at };
  const point = Number.parseInt(digits, 16);
  if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
    return { refused: 'found invalid Unicode character escape code', at };
  return { value: String.fromCodePoint(point), next: at + 2 + length };
}
