import { describe, expect, test } from 'vitest';
import {
  findNextWindow,
  fitRow,
  isLookDue,
  noteRead,
  noteUnread,
  startQueries,
} from '../../shared/pipeline/login-queries.ts';

const fresh = startQueries('payments');
const readTo = (at: string) => ({ ...fresh, readTo: at });
const place = {
  source: 'authenticator-log',
  account: '111122223333',
  region: 'eu-west-1',
  cluster: 'payments',
} as const;
const WINDOW = { from: '2026-11-21T08:05:00Z', to: '2026-11-21T08:20:00Z' };

function read(to: string | null, reason: string | null = null) {
  const window = to === null ? null : { from: WINDOW.from, to };
  const status = to === WINDOW.to ? 'complete' : to === null ? 'denied' : 'partial';
  return { isLogged: true, coverage: { ...place, part: null, status, window, reason } } as const;
}

describe('findNextWindow', () => {
  test('asks a cluster that was never asked for one hour', () => {
    expect(findNextWindow(fresh, '2026-11-21T08:10:00Z')).toEqual({
      from: '2026-11-21T07:10:00Z',
      to: '2026-11-21T08:10:00Z',
    });
  });

  test('begins five minutes before the end of the last one', () => {
    expect(findNextWindow(readTo('2026-11-21T08:10:00Z'), '2026-11-21T08:20:00.412Z')).toEqual(WINDOW);
  });

  test('goes back a day at most', () => {
    expect(findNextWindow(readTo('2026-11-18T08:10:00Z'), '2026-11-21T08:20:00Z').from).toBe('2026-11-20T08:20:00Z');
  });

  test('never ends before it begins, whatever the clock says', () => {
    expect(findNextWindow(readTo('2026-11-22T00:00:00Z'), '2026-11-21T08:20:00Z')).toEqual({
      from: '2026-11-21T08:20:00Z',
      to: '2026-11-21T08:20:00Z',
    });
  });
});

describe('isLookDue', () => {
  test('looks at the subscriptions at first, and then once an hour', () => {
    const looked = { ...fresh, subscriptions: { ...fresh.subscriptions, lookedAt: '2026-11-21T08:00:00Z' } };

    expect([
      isLookDue(fresh, '2026-11-21T08:00:00Z'),
      isLookDue(looked, '2026-11-21T08:50:00Z'),
      isLookDue(looked, '2026-11-21T09:00:00Z'),
    ]).toEqual([true, false, true]);
  });
});

describe('noteRead', () => {
  test('goes on where a whole window ended', () => {
    expect(noteRead(readTo('2026-11-21T08:10:00Z'), read('2026-11-21T08:20:00Z'), WINDOW)).toEqual({
      ...fresh,
      readTo: '2026-11-21T08:20:00Z',
    });
  });

  test('stays where it was when nothing was read, and says since when', () => {
    const denied = noteRead(readTo('2026-11-21T08:10:00Z'), read(null, 'denied (AccessDenied)'), WINDOW);

    expect([denied.readTo, denied.gaps]).toEqual([
      '2026-11-21T08:10:00Z',
      [{ from: '2026-11-21T08:10:00Z', to: null, reason: 'denied (AccessDenied)', isLost: false }],
    ]);
  });

  test('keeps one gap while it lasts, with its last reason, and closes it with the next whole window', () => {
    const first = noteRead(readTo('2026-11-21T08:10:00Z'), read(null, 'throttled'), WINDOW);
    const second = noteUnread(first, 'the bus did not take them', WINDOW);
    const third = noteRead(second, read('2026-11-21T08:20:00Z'), WINDOW);

    expect([third.readTo, third.gaps]).toEqual([
      '2026-11-21T08:20:00Z',
      [
        {
          from: '2026-11-21T08:10:00Z',
          to: '2026-11-21T08:20:00Z',
          reason: 'the bus did not take them',
          isLost: false,
        },
      ],
    ]);
  });

  test('goes on from the middle where only a part was read', () => {
    const inPart = noteRead(readTo('2026-11-21T08:10:00Z'), read('2026-11-21T08:15:00Z', 'out of time'), WINDOW);

    expect([inPart.readTo, inPart.gaps[0]?.from]).toEqual(['2026-11-21T08:15:00Z', '2026-11-21T08:15:00Z']);
  });

  test('names what is more than a day ago as never asked for', () => {
    const window = { from: '2026-11-20T08:20:00Z', to: '2026-11-21T08:20:00Z' };

    expect(noteRead(readTo('2026-11-19T08:00:00Z'), read('2026-11-21T08:20:00Z'), window).gaps).toEqual([
      { from: '2026-11-19T08:00:00Z', to: '2026-11-20T08:20:00Z', reason: 'not asked for within a day', isLost: true },
    ]);
  });

  test('takes a cluster without a log for one that has nothing to ask for', () => {
    const silent = { ...read(null, 'there is no log group'), isLogged: false };

    expect(noteRead(readTo('2026-11-21T08:10:00Z'), silent, WINDOW)).toEqual({
      ...fresh,
      isLogged: false,
      readTo: '2026-11-21T08:20:00Z',
    });
  });

  test('forgets gaps after three days, and all but the last ten', () => {
    const gap = (from: string, to: string) => ({ from, to, reason: 'throttled', isLost: false });
    const many = Array.from({ length: 12 }, (_, index) =>
      gap(`2026-11-21T0${index % 8}:00:00Z`, '2026-11-21T08:00:00Z'),
    );
    const gaps = [gap('2026-11-17T00:00:00Z', '2026-11-17T01:00:00Z'), ...many];

    expect(noteRead({ ...readTo('2026-11-21T08:10:00Z'), gaps }, read('2026-11-21T08:20:00Z'), WINDOW).gaps).toEqual(
      many.slice(2),
    );
  });
});

describe('fitRow', () => {
  const gap = (hour: number) => ({
    from: `2026-11-21T0${hour}:00:00Z`,
    to: `2026-11-21T0${hour}:30:00Z`,
    reason: 'x'.repeat(500),
    isLost: false,
  });
  const listClusters = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...startQueries(`cluster-${index}`),
      gaps: [gap(1), gap(2), gap(3), gap(4)],
    }));
  const shape = (count: number) => {
    const [first] = fitRow(listClusters(count));
    return [first?.gaps.length, first?.gaps.at(-1)?.from, first?.gaps.at(-1)?.reason.length];
  };

  test('keeps the last gaps, and less of their reasons, the more clusters a region has', () => {
    expect([shape(3), shape(80), shape(200)]).toEqual([
      [4, '2026-11-21T04:00:00Z', 400],
      [3, '2026-11-21T04:00:00Z', 200],
      [1, '2026-11-21T04:00:00Z', 60],
    ]);
    expect(JSON.stringify(fitRow(listClusters(250))).length).toBeLessThan(100_000);
  });
});
