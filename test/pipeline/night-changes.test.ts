import { describe, expect, test } from 'vitest';
import { wrapRemembered } from '../../shared/findings/remembered.ts';
import type { ChangeKind } from '../../shared/model/remembered.ts';
import { readNightChanges } from '../../shared/pipeline/night-changes.ts';
import { remembered } from '../support/notices.ts';
import { clusterReport } from '../support/report.ts';

const NIGHT = {
  clusters: [clusterReport()],
  window: { from: '2026-11-20T01:00:00Z', to: '2026-11-21T03:00:00Z' },
};

function rowsOf(kind: ChangeKind, at: string) {
  const finding = remembered({ change: { number: 3, kind, cause: 'audit', at } });
  const body = wrapRemembered('finding', finding);
  const row = { partition: 'p', key: `finding#${finding.fingerprint}`, version: 1, body, expiresAt: null };
  return { list: async () => [row] };
}

describe('readNightChanges', () => {
  test.each([
    ['came back', 'reopened', '2026-11-21T03:00:00Z', 1],
    ['got worse', 'worsened', '2026-11-20T12:00:00Z', 1],
    ['came back the night before', 'reopened', '2026-11-20T00:30:00Z', 0],
    ['is new', 'new', '2026-11-21T03:00:00Z', 0],
    ['is over', 'resolved', '2026-11-21T03:00:00Z', 0],
  ] as const)('takes what %s for what it is', async (_name, kind, at, count) => {
    expect((await readNightChanges(NIGHT, rowsOf(kind, at))).kinds.size).toBe(count);
  });

  test('knows what came back in a region, whatever number of clusters run there', async () => {
    const asked: string[] = [];
    const { list } = rowsOf('reopened', '2026-11-21T03:00:00Z');
    const rows = {
      list: async (partition: string) => {
        asked.push(partition);
        return partition === 'account:111122223333' ? list() : [];
      },
    };
    const clusters = [clusterReport(), clusterReport({ arn: 'arn:aws:eks:eu-central-1:111122223333:cluster/orders' })];

    expect((await readNightChanges({ ...NIGHT, clusters }, rows)).kinds.size).toBe(1);
    expect(asked.filter((partition) => partition.startsWith('account:'))).toEqual(['account:111122223333']);
  });

  test('says why it knows of none', async () => {
    const rows = { list: () => Promise.reject(new Error('denied')) };

    expect(await readNightChanges(NIGHT, rows)).toEqual({ kinds: new Map(), problem: 'denied' });
  });

  test('knows of none where nothing is remembered', async () => {
    expect(await readNightChanges(NIGHT, null)).toEqual({ kinds: new Map(), problem: null });
  });
});
