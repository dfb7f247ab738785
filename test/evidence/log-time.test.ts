import { describe, expect, it } from 'vitest';
import { parseLogTime } from '../../shared/evidence/log-time.ts';

describe('parseLogTime', () => {
  it.each([
    ['ISO', '2026-11-20T07:00:00Z', '2026-11-20T07:00:00Z'],
    ['ISO with nanoseconds', '2026-11-20T07:00:00.123456789Z', '2026-11-20T07:00:00.123Z'],
    ['an offset', '2026-11-20T07:00:00+07:00', '2026-11-20T00:00:00Z'],
    ['an offset without colon', '2026-11-20T07:00:00-0130', '2026-11-20T08:30:00Z'],
    ['the form of Insights, which is UTC', '2026-11-20 07:00:00.123', '2026-11-20T07:00:00.123Z'],
    ['no zone at all', '2026-11-20T07:00:00', '2026-11-20T07:00:00Z'],
    ['milliseconds', 1795161600500, '2026-11-20T08:00:00.500Z'],
    ['seconds', 1795161600.5, '2026-11-20T08:00:00.500Z'],
    ['digits', '1795161600500', '2026-11-20T08:00:00.500Z'],
    ['words', 'yesterday', null],
    ['a date that does not exist', '2026-13-45T99:99:99Z', null],
    ['words behind a time', '2026-11-20 07:00:00 (sometime)', null],
    ['a number of no time', Number.NaN, null],
    ['nothing', undefined, null],
    ['an object', {}, null],
  ])('reads %s', (_name, value, expected) => {
    expect(parseLogTime(value)).toBe(expected);
  });
});
