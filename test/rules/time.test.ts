import { describe, expect, it } from 'vitest';
import { compareTimes, isoTime, msBetween } from '../../shared/rules/time.ts';

describe('isoTime', () => {
  it.each([
    ['2026-09-14T10:00:00Z', '2026-09-14T10:00:00Z'],
    ['2026-09-14T10:00:00.000Z', '2026-09-14T10:00:00Z'],
    ['2026-09-14T10:00:00.250Z', '2026-09-14T10:00:00.250Z'],
    ['2026-09-14T12:00:00+02:00', '2026-09-14T10:00:00Z'],
    ['2026-09-14T10:00:00', '2026-09-14T10:00:00Z'],
    ['2026-09-14 10:00:00.123', '2026-09-14T10:00:00.123Z'],
    ['2026-09-14', '2026-09-14T00:00:00Z'],
    [1_789_380_000, '2026-09-14T10:00:00Z'],
    [1_789_380_000.5, '2026-09-14T10:00:00.500Z'],
    [1_789_380_000_000, '2026-09-14T10:00:00Z'],
    [0, '1970-01-01T00:00:00Z'],
    [-1, '1969-12-31T23:59:59Z'],
  ])('reads %j as %s', (value, iso) => {
    expect(isoTime(value)).toBe(iso);
  });

  it.each([
    '',
    'yesterday',
    '14/09/2026',
    '2026-13-45',
    '2026-09-14T99:00:00Z',
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e300,
    null,
    undefined,
    true,
    {},
    ['2026-09-14'],
  ])('gives null for what names no time: %j', (value) => {
    expect(isoTime(value)).toBeNull();
  });
});

describe('msBetween', () => {
  it.each([
    ['2026-09-14T10:00:00Z', '2026-09-14T10:00:01Z', 1000],
    ['2026-09-14T10:00:01Z', '2026-09-14T10:00:00.500Z', -500],
    ['2026-09-14T10:00:00Z', '2026-09-14T10:00:00Z', 0],
  ])('counts from %s to %s', (earlier, later, ms) => {
    expect(msBetween(earlier, later)).toBe(ms);
  });
});

describe('compareTimes', () => {
  it('puts unknown times first, then the earlier ones', () => {
    const times = ['2026-09-14T10:00:00Z', null, '2026-09-14T09:59:59.999Z', null];

    expect(times.sort(compareTimes)).toEqual([null, null, '2026-09-14T09:59:59.999Z', '2026-09-14T10:00:00Z']);
  });

  it('finds equal times equal', () => {
    expect(compareTimes('2026-09-14T10:00:00Z', '2026-09-14T10:00:00Z')).toBe(0);
    expect(compareTimes(null, null)).toBe(0);
  });
});
