import { describe, expect, test } from 'vitest';
import { addTest, MOST_TESTS_IN_AN_HOUR } from '../../shared/findings/path-rows.ts';

const NOW = '2026-11-21T08:59:59.123Z';
const full = Array.from({ length: 20 }, (_, index) => `test-${index}`);

describe('addTest', () => {
  test('counts the tests of an hour, and begins anew with the next', () => {
    const first = addTest(null, 'a', NOW);

    expect(first).toEqual({ hour: '2026-11-21T08', ids: ['a'] });
    expect(addTest(first, 'b', NOW)).toEqual({ hour: '2026-11-21T08', ids: ['a', 'b'] });
    expect(addTest(first, 'b', '2026-11-21T09:00:00Z')).toEqual({ hour: '2026-11-21T09', ids: ['b'] });
  });

  test('changes nothing for one that is known, or one too many', () => {
    const stored = { hour: '2026-11-21T08', ids: full };

    expect(MOST_TESTS_IN_AN_HOUR).toBe(20);
    expect(addTest(stored, 'test-3', NOW)).toBeNull();
    expect(addTest(stored, 'one more', NOW)).toBeNull();
  });
});
