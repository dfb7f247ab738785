import { describe, expect, test } from 'vitest';
import { once } from '../../shared/rules/once.ts';

describe('once', () => {
  test('makes nothing before it is asked, and one thing however often it is asked', () => {
    const made: string[] = [];
    const ask = once(() => made.push('made'));

    expect(made).toEqual([]);
    expect([ask(), ask(), ask()]).toEqual([1, 1, 1]);
    expect(made).toEqual(['made']);
  });
});
