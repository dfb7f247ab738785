import { describe, expect, test } from 'vitest';
import { append, groupBy } from '../../shared/rules/lists-by-key.ts';

describe('append', () => {
  test('begins a list for a new key, and lengthens that of a known one', () => {
    const lists = new Map([['a', [1]]]);

    append(lists, 'a', 2);
    append(lists, 'b', 3);

    expect([...lists]).toEqual([
      ['a', [1, 2]],
      ['b', [3]],
    ]);
  });
});

describe('groupBy', () => {
  test('keeps keys and items in the order in which they came, whatever the keys are called', () => {
    const groups = groupBy(['constructor b', 'a b', 'constructor a'], (text) => text.split(' ')[0] ?? '');

    expect([...groups]).toEqual([
      ['constructor', ['constructor b', 'constructor a']],
      ['a', ['a b']],
    ]);
  });

  test('makes no group of nothing', () => {
    expect(groupBy([], String).size).toBe(0);
  });
});
