import { describe, expect, test } from 'vitest';
import { wrapRemembered } from '../../shared/findings/remembered.ts';
import type { ClusterLoginQueries } from '../../shared/model/remembered.ts';
import { recallLoginQueries, wordLoginQueries } from '../../shared/pipeline/login-coverage.ts';
import { startQueries } from '../../shared/pipeline/login-queries.ts';
import { createMemoryStore } from '../support/memory-store.ts';

const PLACE = { account: '111122223333', region: 'eu-west-1', name: 'payments' };
const watched = { lookedAt: '2026-11-21T02:00:00Z', changes: true, logins: true, reason: null };
const good: ClusterLoginQueries = {
  ...startQueries('payments'),
  readTo: '2026-11-21T02:50:00Z',
  subscriptions: watched,
};

async function recall(state: ClusterLoginQueries | null, now = '2026-11-21T03:00:00Z') {
  const store = createMemoryStore();
  const row = { partition: 'account:111122223333', key: 'logins#eu-west-1', version: 1, expiresAt: null };
  const others = [startQueries('billing')];
  const clusters = state === null ? others : [...others, state];
  await store.put({ ...row, body: wrapRemembered('login-queries', { clusters }) });
  return recallLoginQueries(store, PLACE, now);
}

describe('recallLoginQueries', () => {
  test('has nothing to say of a cluster whose logins were asked for all the time, nor of one that never was', async () => {
    expect(await recall(good)).toEqual([]);
    expect(await recall(null)).toEqual([]);
    expect(await recallLoginQueries(createMemoryStore(), PLACE, '2026-11-21T03:00:00Z')).toEqual([]);
  });

  test('says up to when logins were asked for, where the query has fallen silent for a day', async () => {
    expect(await recall(good, '2026-11-22T03:00:00Z')).toEqual([
      {
        source: 'authenticator-log',
        account: '111122223333',
        region: 'eu-west-1',
        cluster: 'payments',
        part: null,
        status: 'complete',
        window: null,
        reason: 'logins between two audits were last asked for up to 2026-11-21T02:50:00Z',
      },
    ]);
  });

  test('names a time that was asked for late, one that goes on, and one that only an audit reads', async () => {
    const gap = { from: '2026-11-20T08:00:00Z', reason: 'throttled' };
    const gaps = [
      { ...gap, to: '2026-11-20T10:00:00Z', isLost: false },
      { ...gap, to: '2026-11-20T11:00:00Z', isLost: true },
      { ...gap, to: null, isLost: false },
    ];

    expect((await recall({ ...good, gaps }))[0]?.reason?.split('; ')).toEqual([
      'logins from 2026-11-20T08:00:00Z to 2026-11-20T10:00:00Z were asked for late between two audits: throttled',
      'logins from 2026-11-20T08:00:00Z to 2026-11-20T11:00:00Z were not asked for between two audits: throttled',
      'logins from 2026-11-20T08:00:00Z on were not asked for between two audits: throttled',
    ]);
  });
});

describe('wordLoginQueries', () => {
  test('says nothing of subscriptions before they were looked at, nor where there is no log', () => {
    const missing = { ...watched, logins: false };

    expect(wordLoginQueries(startQueries('payments'))).toEqual([]);
    expect(wordLoginQueries({ ...good, subscriptions: missing, isLogged: false })).toEqual([]);
    expect(wordLoginQueries({ ...good, subscriptions: missing })).toHaveLength(1);
  });
});
