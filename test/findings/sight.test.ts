import { describe, expect, test } from 'vitest';
import { addSeen, composeSight, joinWindows } from '../../shared/findings/sight.ts';
import type { CoverageStatus } from '../../shared/model/coverage.ts';
import { coverage } from '../support/coverage.ts';
import { usage } from '../support/usage.ts';

const LIFE = '2026-01-01T00:00:00Z';
const ALICE = 'arn:aws:iam::111122223333:role/alice';
const BOB = 'arn:aws:iam::111122223333:role/bob';

function night(from: string, to: string, status: CoverageStatus = 'complete') {
  return [coverage('authenticator-log', status, { window: { from: `${from}T01:00:00Z`, to: `${to}T03:00:00Z` } })];
}

function seenIn(day: string, who: readonly string[], life: string | null = LIFE) {
  const at = `${day}T03:00:00Z`;
  const seen = who.map((principalArn) => usage({ principalArn, firstAt: `${day}T02:00:00Z`, lastAt: at }));
  return { at, life, usage: seen };
}

const FIRST = joinWindows(undefined, night('2026-11-19', '2026-11-20'));

describe('joinWindows', () => {
  test('begins with the window of one run', () => {
    expect(FIRST).toEqual({ 'authenticator-log': { from: '2026-11-19T01:00:00Z', to: '2026-11-20T03:00:00Z' } });
  });

  test('goes on where the next window begins before the last one ended', () => {
    const joined = joinWindows(FIRST, night('2026-11-20', '2026-11-21'));

    expect(joined).toEqual({ 'authenticator-log': { from: '2026-11-19T01:00:00Z', to: '2026-11-21T03:00:00Z' } });
    expect(joinWindows(joined, night('2026-11-20', '2026-11-21'))).toEqual(joined);
  });

  test('begins anew after a hole', () => {
    expect(joinWindows(FIRST, night('2026-11-22', '2026-11-23'))).toEqual({
      'authenticator-log': { from: '2026-11-22T01:00:00Z', to: '2026-11-23T03:00:00Z' },
    });
  });

  test('adds nothing of a log that was read in part, nor of a source that is no log', () => {
    const trail = coverage('cloudtrail', 'complete', {
      window: { from: '2026-08-23T00:00:00Z', to: '2026-11-21T00:00:00Z' },
    });

    expect(joinWindows(FIRST, [...night('2026-11-20', '2026-11-21', 'partial'), trail])).toEqual(FIRST);
  });
});

describe('addSeen', () => {
  const first = addSeen(null, seenIn('2026-11-20', [ALICE]));

  test('keeps when each principal was first seen', () => {
    const second = addSeen(first, seenIn('2026-11-21', [ALICE, BOB]));

    expect(second).toEqual({
      life: LIFE,
      wholeFrom: null,
      principals: [
        ['111122223333:role/alice', '2026-11-20T02:00:00Z'],
        ['111122223333:role/bob', '2026-11-21T02:00:00Z'],
      ],
    });
    expect(addSeen(second, seenIn('2026-11-21', [ALICE, BOB]))).toEqual(second);
  });

  test('begins anew with another life of the cluster, and not where its life was not read', () => {
    expect(addSeen(first, seenIn('2026-11-21', [BOB], '2026-11-20T12:00:00Z'))).toEqual({
      life: '2026-11-20T12:00:00Z',
      wholeFrom: '2026-11-20T12:00:00Z',
      principals: [['111122223333:role/bob', '2026-11-21T02:00:00Z']],
    });
    expect(addSeen(first, seenIn('2026-11-21', [BOB], null)).principals).toHaveLength(2);
  });

  test('knows nobody rather than leave somebody out of a row that holds no more', () => {
    const who = Array.from({ length: 2_000 }, (_, index) => `arn:aws:iam::111122223333:role/person-${index}`);

    expect(addSeen(first, seenIn('2026-11-21', who))).toEqual({
      life: LIFE,
      wholeFrom: '2026-11-21T03:00:00Z',
      principals: [],
    });
  });
});

describe('composeSight', () => {
  const seen = { life: LIFE, wholeFrom: null, principals: [] };

  test('reaches back as far as the logs were read without a hole', () => {
    expect(composeSight(seen, FIRST)).toEqual({ life: LIFE, windows: FIRST, principals: [] });
  });

  test('reaches back no further than nobody is missing', () => {
    const windows = { 'authenticator-log': { from: '2026-11-19T20:00:00Z', to: '2026-11-20T03:00:00Z' } };

    expect(composeSight({ ...seen, wholeFrom: '2026-11-19T20:00:00Z' }, FIRST).windows).toEqual(windows);
    expect(composeSight({ ...seen, wholeFrom: '2026-11-21T00:00:00Z' }, FIRST).windows).toEqual({});
  });

  test('sees nothing where no run read a log in whole', () => {
    expect(composeSight(seen).windows).toEqual({});
  });
});
