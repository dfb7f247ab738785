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
  });
}
