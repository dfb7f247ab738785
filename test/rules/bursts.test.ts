import { describe, expect, test } from 'vitest';
import { createBurstFinder } from '../../shared/rules/bursts.ts';
import { ref } from '../support/coverage.ts';

const evidence = ref('audit-log');

/** Seconds after eight o'clock, one record each. */
function find(...seconds: readonly number[]): readonly (readonly [string, number])[] {
  const finder = createBurstFinder({ limit: 3, windowMs: 60_000 });
  for (const second of seconds) finder.add('a', new Date(Date.UTC(2026, 10, 20, 8, 0, second)).toISOString(), evidence);
  return finder.list().map(({ firstAt, count }) => [firstAt ?? '', count]);
}

describe('createBurstFinder', () => {
  test('finds the limit within the window, and counts on from there', () => {
    expect(find(0, 30, 60)).toEqual([['2026-11-20T08:00:00.000Z', 3]]);
    expect(find(0, 1, 2, 3, 4000)).toEqual([['2026-11-20T08:00:00.000Z', 5]]);
  });

  test('slides: the burst may begin at any record', () => {
    expect(find(0, 100, 110, 120)).toEqual([['2026-11-20T08:01:40.000Z', 3]]);
    expect(find(0, 59, 118, 177)).toEqual([]);
  });

  test('takes records that come out of order', () => {
    expect(find(50, 20, 0)).toHaveLength(1);
  });

  test('keeps keys apart, and takes records without a time for close to each other', () => {
    const finder = createBurstFinder({ limit: 2, windowMs: 1000 });
    finder.add('a', null, evidence);
    finder.add('b', null, evidence);
    finder.add('a', null, evidence);

    expect(finder.list()).toEqual([
      { key: 'a', count: 2, firstAt: null, lastAt: null, evidence: [evidence, evidence] },
    ]);
  });

  test('forgets the keys that came first when there are too many', () => {
    const finder = createBurstFinder({ limit: 2, windowMs: 1000 });
    for (let i = 0; i < 20_002; i += 1) finder.add(`192.0.2.${i}`, null, evidence);
    finder.add('192.0.2.0', null, evidence);
    finder.add('192.0.2.20001', null, evidence);

    expect(finder.list().map(({ key }) => key)).toEqual(['192.0.2.20001']);
  });
});
