/** Walks over JSON text without building values and without recursion: where a string, value or blank ends. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BLANKS = new Set([0x20, 0x09, 0x0a, 0x0d]);

export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (BLANKS.has(text.charCodeAt(at))) at += 1;
  return at;
}

/** Past the closing quote of the string that opens at `from`; the end of the text when it is never closed. */
export function skipString(text: string, from: number): number {
  for (let quote = text.indexOf('"', from + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let before = quote - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((quote - before) % 2 === 1) return quote + 1;
  }
  return text.length;
}

const isOpening = (code: number) => code === 0x5b || code === 0x7b;
const isClosing = (code: number) => code === 0x5d || code === 0x7d;

/** Past the value that starts at `from`, in text that is known to be valid. */
export function skipValue(text: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = skipString(text, at);
    else at += 1;
    if (isOpening(code)) depth += 1;
    else if (isClosing(code)) depth -= 1;
    if (depth > 0) continue;
    if (code === QUOTE || isClosing(code) || endsLiteral(text.charCodeAt(at))) return at;
  }
  return at;
}

/** A comma, a closing bracket, a blank, or the end of the text. */
function endsLiteral(code: number): boolean {
  return code === 0x2c || isClosing(code) || BLANKS.has(code) || Number.isNaN(code);
}

/** Where nesting first goes deeper than `limit`; -1 when it never does. */
export function findTooDeep(text: string, limit: number): number {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = skipString(text, at) - 1;
    else if (isClosing(code)) depth -= 1;
    else if (isOpening(code)) {
      depth += 1;
      if (depth > limit) return at;
    }
  }
  return -1;
}

/** The items of the array or object that opens at `from`: index or key to where its value starts. */
export function listChildren(text: string, from: number): ReadonlyMap<string, number> {
  const children = new Map<string, number>();
  const isObject = text.charAt(from) === '{';
  let at = skipBlanks(text, from + 1);
  for (let index = 0; at < text.length && !isClosing(text.charCodeAt(at)); index += 1) {
    let key = String(index);
    if (isObject) {
      const end = skipString(text, at);
      key = unquote(text.slice(at, end));
      at = skipBlanks(text, skipBlanks(text, end) + 1);
    }
    children.set(key, at);
    at = skipBlanks(text, skipValue(text, at));
    if (text.charAt(at) === ',') at = skipBlanks(text, at + 1);
  }
  return children;
}

function unquote(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
}
