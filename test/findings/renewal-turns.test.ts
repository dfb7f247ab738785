import { describe, expect, test } from 'vitest';
import { isTurnOf } from '../../shared/findings/renewal-turns.ts';

const DAY_MS = 86_400_000;
const FIRST_MS = Date.parse('2026-11-21T03:00:00Z');
const dayAfter = (days: number): string => new Date(FIRST_MS + days * DAY_MS).toISOString();
const FINDINGS = Array.from({ length: 1100 }, (_, index) => ({
  fingerprint: (index * 2_654_435_761).toString(16).padStart(32, '0').slice(-8).padEnd(32, '7'),
}));

/** Days of a year on which it is the turn of a finding, of nights that are so many days apart. */
function listTurns(finding: (typeof FINDINGS)[number], daysApart: number): readonly number[] {
  const nights = Array.from({ length: Math.ceil(365 / daysApart) }, (_, night) => night * daysApart);
  return nights.filter((days) => isTurnOf(finding, dayAfter(days)));
}

describe('isTurnOf', () => {
  test('gives a finding the same nights, whatever the hour of the night', () => {
    const one = { fingerprint: '51b8899080db39394f86e5e6f5ea7b76' };
    const nights = ['2026-12-01T03:00:00Z', '2026-12-12T00:00:00Z', '2026-12-12T23:59:59Z', '2026-12-23T03:00:00Z'];

    expect(nights.map((now) => isTurnOf(one, now))).toEqual([true, true, true, true]);
    expect(listTurns(one, 1).slice(0, 4)).toEqual([10, 21, 32, 43]);
  });

  test.each([1, 2, 3, 5, 7])(
    'comes to each finding in less than 90 days, with %i days from night to night',
    (apart) => {
      for (const finding of FINDINGS.slice(0, 50)) {
        const turns = listTurns(finding, apart);
        const gaps = turns.map((day, index) => day - (turns[index - 1] ?? 0));
        expect(Math.max(...gaps)).toBeLessThan(90);
        expect(turns.length).toBeGreaterThan(3);
      }
    },
  );

  test('spreads findings evenly over the nights', () => {
    const nights = Array.from({ length: 11 }, (_, days) => dayAfter(days));
    const counts = nights.map((now) => FINDINGS.filter((finding) => isTurnOf(finding, now)).length);

    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1100);
    expect(Math.max(...counts)).toBeLessThan(150);
  });
});
