import { describe, expect, test } from 'vitest';
import { keepSnapshot } from '../../shared/pipeline/keep-snapshot.ts';
import type { ObjectStore } from '../../shared/ports.ts';
import { describeObjectStore } from '../contracts/object-store.ts';
import { describeSnapshotStore } from '../contracts/snapshot-store.ts';
import { openMemoryObjects } from '../support/memory-objects.ts';
import { memoryReaders } from '../support/memory-readers.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import { smallEstate } from '../support/small-estate.ts';

const NIGHT = '2026-11-21T00:00:00Z';

describeObjectStore('memory', async () => openMemoryObjects());
describeSnapshotStore('memory', async () => openMemoryObjects());

describe('keepSnapshot', () => {
  test('keeps the IAM of the accounts that it is told, and of no other', async () => {
    const objects = openMemoryObjects();
    const iam = JSON.stringify({ UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] });
    const more = ['444455556666', '777788889999'].map((account) => [`${account}/iam.json`, iam]);
    const readers = memoryReaders({ ...smallEstate(), ...Object.fromEntries(more) });
    const clusterArn = 'arn:aws:eks:eu-west-1:111122223333:cluster/payments';
    const place = { account: '111122223333', region: 'eu-west-1', name: 'payments' };
    const accounts = ['111122223333', '444455556666', '222233334444'];

    await keepSnapshot({ store: createMemoryStore(), objects }, { clusterArn, place, at: NIGHT, readers, accounts });

    const kept = (await objects.list('')).filter((key) => key.endsWith('iam.json.gz'));
    expect(kept.map((key) => key.split('/').at(-2))).toEqual(['111122223333', '444455556666']);
  });

  test('points at nothing while a file could not be written', async () => {
    const store = createMemoryStore();
    const objects: ObjectStore = {
      ...openMemoryObjects(),
      write: async (key) => {
        if (key.endsWith('rbac.json.gz')) throw new Error('out of space');
      },
    };
    const clusterArn = 'arn:aws:eks:eu-west-1:111122223333:cluster/payments';
    const place = { account: '111122223333', region: 'eu-west-1', name: 'payments' };
    const source = { clusterArn, place, at: NIGHT, readers: memoryReaders(smallEstate()) };

    await expect(keepSnapshot({ store, objects }, source)).rejects.toThrow('out of space');

    expect(await store.get(clusterArn, 'snapshot')).toBeNull();
  });
});
