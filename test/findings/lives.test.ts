import { describe, expect, test } from 'vitest';
import { splitLives } from '../../shared/findings/lives.ts';
import { cluster } from '../support/facts.ts';
import { cloudTrailEvent } from '../support/records.ts';

const creation = (at: string) => cloudTrailEvent({ eventName: 'CreateCluster', at });
const change = (at: string) => cloudTrailEvent({ eventName: 'AssociateAccessPolicy', at });

describe('splitLives', () => {
  test('leaves every record in the one life of a cluster that was made once', () => {
    const { current, earlier } = splitLives(cluster(), [
      creation('2026-03-02T09:15:04Z'),
      change('2026-08-01T00:00:00Z'),
    ]);

    expect(current.map(({ at }) => at)).toEqual(['2026-03-02T09:15:04Z', '2026-08-01T00:00:00Z']);
    expect(earlier).toEqual([]);
  });

  test('gives a change made under a deleted cluster of the same name to that life', () => {
    const { current, earlier } = splitLives(cluster(), [
      change('2025-06-01T00:00:00Z'),
      creation('2025-02-01T00:00:00Z'),
      change('2026-08-01T00:00:00Z'),
    ]);

    expect(current.map(({ at }) => at)).toEqual(['2026-08-01T00:00:00Z']);
    expect(earlier.map(({ createdAt, records }) => [createdAt, records.length])).toEqual([['2025-02-01T00:00:00Z', 2]]);
  });

  test('keeps a change from before every known creation apart from the life that stands', () => {
    const { earlier } = splitLives(cluster(), [change('2024-06-01T00:00:00Z')]);

    expect(earlier.map(({ createdAt }) => createdAt)).toEqual([null]);
  });

  test('takes a record without a time for the life that stands', () => {
    expect(splitLives(cluster(), [cloudTrailEvent({ at: null })]).current).toHaveLength(1);
  });

  test('knows one life only where the birth of the cluster is not known', () => {
    const { earlier } = splitLives(cluster({ createdAt: null }), [creation('2025-02-01T00:00:00Z')]);

    expect(earlier).toEqual([]);
  });
});
