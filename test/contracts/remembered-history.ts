/** What every finding store must carry: two audits, and the same answers about the days between them. */
import { describe, expect, test } from 'vitest';
import { tellDiff, tellHistory } from '../../shared/pipeline/history.ts';
import type { FindingStore } from '../../shared/ports.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import { ARN, auditAt, entriesFile } from '../support/remembering.ts';
import type { OpenStore } from './finding-store.ts';

const FIRST = '2026-11-18T03:00:00Z';
const SECOND = '2026-11-19T03:00:00Z';
const NOW = '2026-11-20T00:00:00Z';

async function answer(store: FindingStore) {
  await auditAt(store, FIRST, entriesFile([{ name: 'alice' }, { name: 'bob', createdAt: null }]));
  await auditAt(store, SECOND, entriesFile([{ name: 'bob', createdAt: null }]));
  return {
    history: await tellHistory(store, { cluster: ARN, at: '2026-11-18T12:00:00Z', now: NOW }),
    diff: await tellDiff(store, { cluster: undefined, from: FIRST, to: SECOND, now: NOW }),
    again: (await auditAt(store, SECOND, entriesFile([{ name: 'bob', createdAt: null }]))).remembered[0]?.written,
  };
}

/** The cluster was created with 2026, and alice with it; nothing tells since when bob was there. */
const HELD_AT: readonly (readonly [at: string, held: readonly string[]])[] = [
  ['1970-01-01T00:00:00Z', []],
  ['2025-12-31T23:59:59.999Z', []],
  ['2026-01-01T00:00:00Z', ['held alice', 'maybe bob']],
  ['2026-11-18T02:59:59.999Z', ['held alice', 'maybe bob']],
  [FIRST, ['held alice', 'held bob']],
  ['2026-11-18T03:00:00.001Z', ['held bob', 'maybe alice']],
  ['2026-11-19T02:59:59.999Z', ['held bob', 'maybe alice']],
  [SECOND, ['held bob']],
  ['9999-12-31T23:59:59.999Z', ['held bob']],
];

/** How many grants were given, first seen and ended between each two of these days. */
const EDGES = ['1970-01-01T00:00:00Z', '2026-01-01T00:00:00Z', FIRST, SECOND, '9999-12-31T23:59:59.999Z'] as const;
const CHANGED: readonly (readonly [given: number, firstSeen: number, ended: number])[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
  [0, 0, 0],
];

async function countChanges(store: FindingStore, from: string, to: string) {
  const { begun, firstSeen, ended } = await tellDiff(store, { cluster: ARN, from, to, now: NOW });
  return [begun.length, firstSeen.length, ended.length];
}

export function describeRememberedHistory(name: string, open: () => Promise<OpenStore>): void {
  describe(`${name} as a memory of audits`, () => {
    test('answers about other days as memory does, and takes the same audit again for nothing new', async () => {
      const { store, close } = await open();

      const answered = await answer(store);
      await close();

      expect(answered.again).toBe(0);
      expect(answered.history.holders.map(({ certainty }) => certainty)).toEqual(['held', 'maybe']);
      expect(answered).toEqual(await answer(createMemoryStore()));
    });

    test('counts a moment to the day that ends with it, up to the millisecond and at both ends of time', async () => {
      const { store, close } = await open();
      await answer(store);

      const held: (readonly [string, readonly string[]])[] = [];
      for (const [at] of HELD_AT) {
        const { holders } = await tellHistory(store, { cluster: ARN, at, now: NOW });
        held.push([
          at,
          holders.map(({ holder, certainty }) => `${certainty} ${holder.name.replace(/.*\//, '')}`).sort(),
        ]);
      }
      const changed: (readonly number[])[] = [];
      for (const [index, from] of EDGES.slice(0, -1).entries())
        changed.push(await countChanges(store, from, EDGES[index + 1] ?? ''));
      const inAll = await countChanges(store, EDGES[0], '9999-12-31T23:59:59.999Z');
      await close();

      expect(held).toEqual(HELD_AT);
      expect(changed).toEqual(CHANGED);
      expect(inAll).toEqual([1, 1, 1]);
    });

    test('refuses days that are none, or the wrong way round', async () => {
      const { store, close } = await open();
      await answer(store);

      await expect(countChanges(store, FIRST, FIRST)).rejects.toThrow(`expected --from before --to, got ${FIRST}`);
      await expect(countChanges(store, SECOND, FIRST)).rejects.toThrow(`expected --from before --to, got ${SECOND}`);
      await close();
    });
  });
}
