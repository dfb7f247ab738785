import { describe, expect, it } from 'vitest';
import { readConfigMap } from '../../shared/evidence/config-map.ts';
import { mapOffsets } from '../../shared/evidence/scalar-offsets.ts';

/** The value of the one key, and for each of its characters that is not blank what stands at its offset. */
function pairUp(text: string) {
  const map = readConfigMap(text, '');
  const value = 'unreadable' in map ? null : map.entries[0]?.value;
  if (value?.kind !== 'string') throw new Error('no value');
  const offsets = mapOffsets(text, value, value.text);
  const marks = value.text
    .split('')
    .map((char, index) => [char, text.slice(offsets[index], (offsets[index] ?? 0) + 2)]);
  return { value: value.text, marks: marks.filter(([char]) => /\S/.test(char ?? '')) };
}

describe('mapOffsets', () => {
  it.each([
    ['a literal block', 'data:\n  a: |\n    xy\n      z\n\n    w\n', 'xy\n  z\n\nw\n', ['xy', 'y\n', 'z\n', 'w\n']],
    ['a folded block', 'data:\n  a: >-\n    x\n    y\n', 'x y', ['x\n', 'y\n']],
    ['a block with a comment', 'data:\n  a: |- # xx\n    x\n', 'x', ['x\n']],
    ['plain text over lines', 'data:\n  a: x\n    y\n', 'x y', ['x\n', 'y\n']],
    ['single quotes', "data: {a: 'x''\n  y'}\n", "x' y", ["x'", "''", "y'"]],
    ['double quotes', 'data: {a: "x\\n\\"\\x41\\u0042 y"}\n', 'x\n"AB y', ['x\\', '\\"', '\\x', '\\u', 'y"']],
    ['JSON', '{"data": {"a": "x\\n\\ty\\/\\u00e9"}}', 'x\n\ty/\u00e9', ['x\\', 'y\\', '\\/', '\\u']],
    ['characters beyond the basic plane', 'data: {a: "\\U0001f600x"}\n', '\u{1f600}x', ['\\U', '\\U', 'x"']],
  ])('finds each character of %s', (_name, text, value, places) => {
    const found = pairUp(text);

    expect(found.value).toBe(value);
    expect(found.marks.map(([, place]) => place)).toEqual(places);
  });

  it('puts blanks in front of a word right before it', () => {
    const text = 'data:\n  a: |\n    x\n     \ty\n';

    expect([...mapOffsets(text, { start: 11, end: 27 }, 'x\n \ty\n')]).toEqual([17, 18, 23, 24, 25, 26, 26]);
  });
});
