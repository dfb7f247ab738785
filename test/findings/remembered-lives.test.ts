import { describe, expect, test } from 'vitest';
import { findStandingLife, listStandIns } from '../../shared/findings/remembered-lives.ts';
import type { RememberedLife } from '../../shared/model/remembered.ts';

const life = (createdAt: string, more: Partial<RememberedLife> = {}): RememberedLife => ({
  createdAt,
  until: null,
  ...more,
});
const FIRST = life('2026-03-02T09:15:00Z');
const SECOND = life('2026-11-21T09:00:00.123Z');
const STAND_IN = life('2026-11-21T09:00:02Z', { isStandIn: true });

describe('findStandingLife', () => {
  test.each([
    ['the first where the second has not begun', [SECOND, FIRST], '2026-11-21T08:00:00Z', FIRST],
    ['the second as soon as it has', [FIRST, SECOND], '2026-11-21T10:00:00Z', SECOND],
    ['one whose record is dated before it', [FIRST, SECOND], '2026-11-21T08:59:58Z', SECOND],
    ['one that the time of its record stands for', [FIRST, STAND_IN], '2026-11-21T10:00:00Z', STAND_IN],
    ['the name that EKS gave, where both are known', [FIRST, SECOND, STAND_IN], '2026-11-21T10:00:00Z', SECOND],
    ['none before all of them', [FIRST], '2026-03-01T00:00:00Z', null],
  ])('gives %s', (_name, lives, at, expected) => {
    expect(findStandingLife(lives, at)).toBe(expected);
  });
});

describe('listStandIns', () => {
  test('gives the names that stood for a life, and none of another', () => {
    const lives = [FIRST, SECOND, STAND_IN, life('2026-11-20T09:00:00Z', { isStandIn: true })];

    expect(listStandIns(lives, SECOND.createdAt)).toEqual([STAND_IN.createdAt]);
  });
});
