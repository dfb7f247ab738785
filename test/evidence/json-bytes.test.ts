import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createQuoteFinder, findLiteralEnd } from '../../shared/evidence/json-bytes.ts';

const RUNS = { seed: 20261123, numRuns: 3000 };

describe('createQuoteFinder', () => {
  const find = createQuoteFinder();
  const endOf = (text: string, from = 0) => find(Buffer.from(text, 'latin1'), from);

  it.each([
    ['at once', '"', 0],
    ['behind plain text', 'abc"def"', 3],
    ['behind words of plain text', 'abcdefghijk"', 11],
    ['behind blanks and marks below it', 'a b !c"', 6],
    ['behind text beyond ASCII', '\xc3\xa4\xff\x80"', 4],
    ['behind an escaped quote', 'a\\"b"', 4],
    ['behind an escaped backslash', 'a\\\\"b"', 3],
    ['behind the escapes of Go', 'a\\u0026\\u003c\\u003eb\\n\\r\\t"', 26],
  ])('finds the quote %s', (_name, text, end) => {
    expect(endOf(text)).toBe(end);
  });

  it.each([
    ['none', 'abcdefgh'],
    ['none behind an escape', 'abc\\'],
    ['none behind an escape that is cut', 'abc\\u00'],
    ['a line end before it', 'abc\n"'],
    ['a control character before it', 'abcd\x01efg"'],
    ['an escape that may spell anything before it', 'a\\u0061"'],
    ['an escape that is none before it', 'a\\x"'],
    ['an escaped slash before it', 'a\\/"'],
  ])('finds no quote where there is %s', (_name, text) => {
    expect(endOf(text)).toBe(-1);
  });

  it('starts anywhere in the bytes, and in other bytes each time', () => {
    expect(endOf('"abc"', 1)).toBe(4);
    expect(endOf('"abcdefg"', 1)).toBe(8);
    expect(endOf('"abc"', 1)).toBe(4);
  });

  it('finds in any bytes without escapes the first that is no plain text', () => {
    const bytes = fc.uint8Array({ maxLength: 24 }).map((list) => Buffer.from(list).filter((byte) => byte !== 0x5c));
    fc.assert(
      fc.property(bytes, (list) => {
        const first = list.findIndex((byte) => byte < 0x20 || byte === 0x22);

        expect(find(list, 0)).toBe(list[first] === 0x22 ? first : -1);
      }),
      RUNS,
    );
  });
});

describe('findLiteralEnd', () => {
  it.each([
    ['0,', 1],
    ['200}', 3],
    ['true,', 4],
    ['false]', 5],
    ['null', 4],
  ])('finds the end of %s', (text, end) => {
    expect(findLiteralEnd(Buffer.from(text), 0)).toBe(end);
  });

  it.each(['', '-1', '01', 'nul', 'True', 'x', '.5'])('knows no literal in %j', (text) => {
    expect(findLiteralEnd(Buffer.from(text), 0)).toBe(-1);
  });
});
