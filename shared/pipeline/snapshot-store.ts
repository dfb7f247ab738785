/** The pointer in the store to a cluster's latest snapshot, and where folders lie, into a store of snapshots. */
import { unwrapRemembered } from '../findings/remembered.ts';
import type { FindingStore, Readers, SnapshotStore } from '../ports.ts';

/** `openFolder` reads the evidence folder that lies under a key. */
export function createSnapshotStore(store: FindingStore, openFolder: (key: string) => Readers): SnapshotStore {
  return {
    async open(clusterArn) {
      const row = await store.get(clusterArn, 'snapshot');
      const pointer = unwrapRemembered('snapshot', row?.body);
      return pointer === null ? null : { version: pointer.version, at: pointer.at, readers: openFolder(pointer.key) };
    },
  };
}
