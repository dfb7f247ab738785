import { describe, expect, test } from 'vitest';
import type { Denial } from '../../shared/model/records.ts';
import { createStormWatch, type Storm } from '../../shared/rules/denial-storms.ts';
import { denial } from '../support/records.ts';

function storms(denials: readonly Denial[]): readonly Storm[] {
  const watch = createStormWatch();
  for (const one of denials) watch.add(one);
  return watch.storms();
}

function many(count: number, at: string, more: Partial<Denial> = {}): readonly Denial[] {
  return Array.from({ length: count }, () => denial({ at, ...more }));
}

describe('createStormWatch', () => {
  test('joins full five minutes in a row to one storm, and keeps its first time and its worst count', () => {
    const found = storms([
      ...many(12, '2026-11-20T08:07:00Z'),
      ...many(30, '2026-11-20T08:11:00Z'),
      ...many(10, '2026-11-20T08:04:59Z'),
    ]);

    expect(found.map(({ startedAt, most }) => [startedAt, most])).toEqual([['2026-11-20T08:04:59Z', 30]]);
  });

  test('takes letter case of an ARN for the same caller', () => {
    const lower = denial().arn?.toLowerCase() ?? null;

    expect(
      storms([...many(5, '2026-11-20T08:00:00Z'), ...many(5, '2026-11-20T08:01:00Z', { arn: lower })]),
    ).toHaveLength(1);
  });

  test('counts reasons apart', () => {
    const at = '2026-11-20T08:00:00Z';
    const found = storms([
      ...many(10, at, { denial: 'not-mapped' }),
      ...many(10, at, { denial: 'expired-token' }),
      ...many(10, at, { denial: 'sts-throttled' }),
      ...many(9, at, { denial: 'sts-refused', arn: null }),
    ]);

    expect(found.map(({ kind }) => kind)).toEqual(['mapping', 'token', 'throttling']);
  });
});
