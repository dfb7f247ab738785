/** What every store of snapshots must do: the folder that was kept is the folder that is read. */
import { describe, expect, test } from 'vitest';
import { openObjectEvidence } from '../../shared/offline/object-evidence.ts';
import { auditEvidence } from '../../shared/pipeline/audit.ts';
import { collectEvidence } from '../../shared/pipeline/collect.ts';
import { keepSnapshot } from '../../shared/pipeline/keep-snapshot.ts';
import { createSnapshotStore } from '../../shared/pipeline/snapshot-store.ts';
import type { ObjectStore } from '../../shared/ports.ts';
import { memoryReaders } from '../support/memory-readers.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import { CLUSTER, smallEstate } from '../support/small-estate.ts';

const ARN = 'arn:aws:eks:eu-west-1:111122223333:cluster/payments';
const NOW = '2026-11-21T00:00:00Z';
const place = { account: '111122223333', region: 'eu-west-1', name: 'payments' };

export function describeSnapshotStore(name: string, open: () => Promise<ObjectStore>): void {
  describe(`${name} as a store of snapshots`, () => {
    async function openStore() {
      const [store, objects] = [createMemoryStore(), await open()];
      const keep = (at: string, files = smallEstate()) =>
        keepSnapshot({ store, objects }, { clusterArn: ARN, place, at, readers: memoryReaders(files) });
      return { objects, keep, snapshots: createSnapshotStore(store, (key) => openObjectEvidence(objects, key)) };
    }

    test('has none where no audit has left one', async () => {
      expect(await (await openStore()).snapshots.open(ARN)).toBeNull();
    });

    test('gives the same report as the evidence that was kept', async () => {
      const { keep, snapshots } = await openStore();
      const kept = await keep(NOW);
      const snapshot = await snapshots.open(ARN);

      expect(snapshot).toMatchObject({ version: kept.version, at: NOW });
      const again = auditEvidence(await collectEvidence(snapshot?.readers ?? memoryReaders({})), NOW);
      const first = auditEvidence(await collectEvidence(memoryReaders(smallEstate())), NOW);
      const tell = ({ clusters }: typeof first) => clusters.map(({ access, verdicts }) => [access.length, verdicts]);
      expect(tell(again)).toEqual(tell(first));
      expect(again.clusters[0]?.findings.map(({ fingerprint }) => fingerprint)).toEqual(
        first.clusters[0]?.findings.map(({ fingerprint }) => fingerprint),
      );
    });

    test('names the same content by the same version, and other content by another', async () => {
      const { keep, objects } = await openStore();
      const first = await keep(NOW);
      const keys = await objects.list('');
      expect(await keep('2026-11-22T00:00:00Z')).toEqual({ ...first, at: '2026-11-22T00:00:00Z' });
      expect(await objects.list('')).toEqual(keys);

      const other = await keep('2026-11-23T00:00:00Z', { ...smallEstate(), [`${CLUSTER}/rbac.json`]: '{"items": []}' });
      expect(other.version).not.toBe(first.version);
      expect(other.at).toBe('2026-11-23T00:00:00Z');
    });

    test('never goes back to an older one', async () => {
      const { keep, snapshots } = await openStore();
      const later = await keep('2026-11-23T00:00:00Z');
      await keep(NOW, { ...smallEstate(), [`${CLUSTER}/rbac.json`]: '{"items": []}' });
      expect(await snapshots.open(ARN)).toMatchObject({ version: later.version, at: '2026-11-23T00:00:00Z' });
    });
  });
}
