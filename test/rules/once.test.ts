import { describe, expect, test } from 'vitest';
import { once, onceFor } from '../../shared/rules/once.ts';

describe('once', () => {
  test('makes nothing before it is asked, and one thing however often it is asked', () => {
    const made: string[] = [];
    const ask = once(() => made.push('made'));

    expect(made).toEqual([]);
    expect([ask(), ask(), ask()]).toEqual([1, 1, 1]);
    expect(made).toEqual(['made']);
  });
});

describe('onceFor', () => {
  test('makes one thing of each object, and another of an object that only looks the same', () => {
    const made: string[] = [];
    const ask = onceFor(({ name }: { readonly name: string }) => made.push(name));
    const [one, other] = [{ name: 'a' }, { name: 'a' }];

    expect([ask(one), ask(one), ask(other), ask(one)]).toEqual([1, 1, 2, 1]);
  });
});
