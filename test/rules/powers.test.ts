import { describe, expect, test } from 'vitest';
import { LEVELS } from '../../shared/model/access.ts';
import { POWERS } from '../../shared/rules/powers.ts';

describe('POWERS', () => {
  test('stand from the strongest to the weakest', () => {
    const worth = POWERS.map(({ levels }) => LEVELS.indexOf(levels.cluster ?? 'limited'));

    expect(worth).toEqual([...worth].sort((a, b) => b - a));
  });

  test('are worth nothing to someone who can do nothing', () => {
    expect(POWERS.filter(({ test: holds }) => holds(new Set(), true))).toEqual([]);
  });

  test('give each its own reason, in words that follow a name', () => {
    const reasons = POWERS.map(({ reason }) => reason('in namespace payments'));

    expect(new Set(reasons).size).toBe(POWERS.length);
    for (const reason of reasons) expect(reason).toMatch(/^(may|holds) .*[^.]$/);
  });
});
