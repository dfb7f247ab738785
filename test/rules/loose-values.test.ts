import { describe, expect, test } from 'vitest';
import { fieldIn, numberIn, textIn, textsIn } from '../../shared/rules/loose-values.ts';

describe('loose values', () => {
  test('are read by own keys alone', () => {
    expect(fieldIn({ a: 1 }, 'a')).toBe(1);
    expect(fieldIn({}, 'constructor')).toBeUndefined();
    expect(fieldIn(JSON.parse('{"__proto__": 1}'), '__proto__')).toBe(1);
    for (const value of [null, undefined, 'text', 7, ['a']]) expect(fieldIn(value, 'length')).toBeUndefined();
  });

  test('are texts only where they are texts', () => {
    expect(textIn({ a: 'x' }, 'a')).toBe('x');
    expect([textIn({ a: '' }, 'a'), textIn({ a: 1 }, 'a'), textIn(null, 'a')]).toEqual([null, null, null]);
    expect(textsIn({ a: ['x', 1, 'y'] }, 'a')).toEqual(['x', 'y']);
    expect(textsIn({ a: 'x' }, 'a')).toEqual([]);
  });

  test('are numbers where they are numbers, or digits', () => {
    expect([numberIn({ a: 7 }, 'a'), numberIn({ a: '30' }, 'a')]).toEqual([7, 30]);
    const others = [{ a: Number.NaN }, { a: '1e9' }, { a: '' }, { a: true }, { a: '9'.repeat(16) }, {}];
    expect(others.map((value) => numberIn(value, 'a'))).toEqual([null, null, null, null, null, null]);
  });
});
