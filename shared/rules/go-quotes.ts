/** The inside of a text as Go's %q prints it into the text itself. */

const LETTERS: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

const ESCAPED = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/gs;

/** `quoted`: without its quotes. A byte of \x80 and above was no UTF-8 in the first place, and becomes U+FFFD. */
export function unquoteGo(quoted: string): string {
  if (!quoted.includes('\\')) return quoted;
  return quoted.replace(ESCAPED, (_whole, byte?: string, short?: string, long?: string, plain = '') => {
    if (byte !== undefined)
      return Number.parseInt(byte, 16) < 0x80 ? String.fromCharCode(Number.parseInt(byte, 16)) : '\uFFFD';
    const point = Number.parseInt(short ?? long ?? '', 16);
    if (Number.isNaN(point)) return LETTERS.get(plain) ?? plain;
    return point <= 0x10ffff ? String.fromCodePoint(point) : '\uFFFD';
  });
}
