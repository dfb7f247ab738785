/** Finds where the strings and literals of JSON end, among bytes that are not decoded; only in the forms that logs print. */

const BLANK = 0x20;
const QUOTE = 0x22;
const ZERO = 0x30;
const NINE = 0x39;
const BACKSLASH = 0x5c;

/** From inside a string to its quote; -1 where it breaks off, or holds an escape that may spell a needle. */
export function createQuoteFinder(): (bytes: Uint8Array, from: number) => number {
  let chunk: Uint8Array = Buffer.alloc(0);
  let view = new DataView(chunk.buffer);
  return (bytes, from) => {
    if (bytes !== chunk) {
      chunk = bytes;
      view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    const lastWord = bytes.length - 4;
    let at = from;
    for (;;) {
      while (at <= lastWord) {
        const ends = findEnds(view.getInt32(at, true));
        if (ends !== 0) {
          at += (31 - Math.clz32(ends & -ends)) >> 3;
          break;
        }
        at += 4;
      }
      let mark = bytes[at] ?? 0;
      while (at > lastWord && mark >= BLANK && mark !== QUOTE && mark !== BACKSLASH) {
        at += 1;
        mark = bytes[at] ?? 0;
      }
      if (mark === QUOTE) return at;
      const length = mark === BACKSLASH ? measureEscape(bytes, at) : 0;
      if (length === 0) return -1;
      at += length;
    }
  };
}

/**
 * Of four bytes at once, what ends a run of a string's plain bytes: its quote, an escape, or what JSON forbids there. The
 * lowest bit that is set lies in the first of these; those above it may err.
 */
function findEnds(word: number): number {
  const quote = word ^ 0x22222222;
  const slash = word ^ 0x5c5c5c5c;
  const ends = ((word - 0x20202020) & ~word) | ((quote - 0x01010101) & ~quote) | ((slash - 0x01010101) & ~slash);
  return ends & 0x80808080;
}

/** Those of Go: short ones, of characters that no needle holds, and `&`, `<` and `>`, of which queries are full. */
const SHORT_ESCAPES: ReadonlySet<number | undefined> = new Set(Buffer.from('"\\nrt'));
const LONG_ESCAPES = ['\\u0026', '\\u003c', '\\u003e'].map((text) => Buffer.from(text));

function measureEscape(bytes: Uint8Array, at: number): number {
  if (SHORT_ESCAPES.has(bytes[at + 1])) return 2;
  return LONG_ESCAPES.some((text) => holdsAt(bytes, at, text)) ? 6 : 0;
}

const WORDS = ['true', 'false', 'null'].map((word) => Buffer.from(word));

/** Of a whole number or a word; -1 for any other number too, which is rare enough. */
export function findLiteralEnd(bytes: Uint8Array, from: number): number {
  let to = from;
  for (let byte = bytes[to] ?? 0; byte >= ZERO && byte <= NINE; byte = bytes[to] ?? 0) to += 1;
  if (to > from) return bytes[from] === ZERO && to > from + 1 ? -1 : to;
  const word = WORDS.find((text) => holdsAt(bytes, from, text));
  return word === undefined ? -1 : from + word.length;
}

/** Whether the text stands there, with whatever behind it. */
export function holdsAt(bytes: Uint8Array, from: number, text: Uint8Array): boolean {
  for (let at = 0; at < text.length; at += 1) if (bytes[from + at] !== text[at]) return false;
  return true;
}
