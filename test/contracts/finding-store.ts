/** What every finding store must do, whatever it keeps its rows in. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FindingStore, StoredItem } from '../../shared/ports.ts';

const CLUSTER = 'arn:aws:eks:eu-central-1:111122223333:cluster/payments';
const OTHER = 'arn:aws:eks:eu-central-1:111122223333:cluster/payments-2';

function item(key: string, given: Partial<StoredItem> = {}): StoredItem {
  return { partition: CLUSTER, key, version: 1, body: { text: key }, expiresAt: null, ...given };
}

export interface OpenStore {
  readonly store: FindingStore;
  readonly close: () => Promise<void>;
}

export function describeFindingStore(name: string, open: () => Promise<OpenStore>): void {
  describe(`${name} as a finding store`, () => {
    let opened: OpenStore;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(async () => {
      await opened.close();
    });

    test('has nothing at first', async () => {
      expect(await opened.store.get(CLUSTER, 'finding#1')).toBeNull();
      expect(await opened.store.list(CLUSTER, '')).toEqual([]);
    });

    test('gives back what was put, whole', async () => {
      const body = { list: [1, 'two', null, true, { deep: [] }], empty: '', text: 'ü\u0000\n"\u202e' };
      const row = item('finding#1', { body, expiresAt: '2026-11-24T00:00:00Z' });
      expect(await opened.store.put(row)).toBe(true);
      expect(await opened.store.get(CLUSTER, 'finding#1')).toEqual(row);
    });

    test('refuses a first version where a row stands', async () => {
      await opened.store.put(item('finding#1'));
      expect(await opened.store.put(item('finding#1', { body: 'other' }))).toBe(false);
      expect((await opened.store.get(CLUSTER, 'finding#1'))?.body).toEqual({ text: 'finding#1' });
    });

    test('takes the next version and no other', async () => {
      await opened.store.put(item('finding#1'));
      expect(await opened.store.put(item('finding#1', { version: 3 }))).toBe(false);
      expect(await opened.store.put(item('finding#1', { version: 2, body: 'second' }))).toBe(true);
      expect(await opened.store.put(item('finding#1', { version: 2, body: 'late' }))).toBe(false);
      expect(await opened.store.get(CLUSTER, 'finding#1')).toEqual(item('finding#1', { version: 2, body: 'second' }));
    });

    test('refuses a later version where no row stands', async () => {
      expect(await opened.store.put(item('finding#1', { version: 2 }))).toBe(false);
      expect(await opened.store.get(CLUSTER, 'finding#1')).toBeNull();
    });

    test('lists the rows of one partition that begin so, in order', async () => {
      for (const key of ['finding#b', 'grant#a', 'finding#a', 'finding', 'finding#a#2'])
        await opened.store.put(item(key));
      await opened.store.put(item('finding#c', { partition: OTHER }));
      expect((await opened.store.list(CLUSTER, 'finding#')).map(({ key }) => key)).toEqual([
        'finding#a',
        'finding#a#2',
        'finding#b',
      ]);
      expect((await opened.store.list(CLUSTER, '')).map(({ key }) => key)).toEqual([
        'finding',
        'finding#a',
        'finding#a#2',
        'finding#b',
        'grant#a',
      ]);
    });

    test('lists more rows than one page holds', async () => {
      const body = { text: 'x'.repeat(90_000) };
      const keys = Array.from({ length: 15 }, (_, index) => `finding#${String(index).padStart(2, '0')}`);
      for (const key of keys) await opened.store.put(item(key, { body }));
      expect((await opened.store.list(CLUSTER, 'finding#')).map(({ key }) => key)).toEqual(keys);
    });

    test('lists the last rows alone, in order, however many pages they take', async () => {
      const body = { text: 'x'.repeat(90_000) };
      const keys = Array.from({ length: 18 }, (_, index) => `event#${String(index).padStart(2, '0')}`);
      for (const key of [...keys, 'finding#1', 'a']) await opened.store.put(item(key, { body }));

      const list = async (most: number) => (await opened.store.list(CLUSTER, 'event#', most)).map(({ key }) => key);
      expect(await list(2)).toEqual(['event#16', 'event#17']);
      expect(await list(15)).toEqual(keys.slice(3));
      expect(await list(100)).toEqual(keys);
    });

    test('takes keys of any letters, and tells them apart', async () => {
      const keys = [
        'grant#../../x',
        'grant#A',
        'grant#a',
        'grant#a/b',
        'grant#a\\b',
        'grant#é',
        `grant#${'k'.repeat(600)}`,
      ];
      for (const key of keys) expect(await opened.store.put(item(key))).toBe(true);
      expect((await opened.store.list(CLUSTER, 'grant#')).map(({ key }) => key).sort()).toEqual([...keys].sort());
    });

    test('lets one of two writers of the same version win', async () => {
      const won = await Promise.all([
        opened.store.put(item('finding#1', { body: 'a' })),
        opened.store.put(item('finding#1', { body: 'b' })),
        opened.store.put(item('finding#1', { body: 'c' })),
      ]);
      expect(won.filter(Boolean)).toHaveLength(1);
      expect((await opened.store.get(CLUSTER, 'finding#1'))?.version).toBe(1);
    });
  });
}
