/** What an alert runs on, in memory: a store, one snapshot at most, and what was asked to be read again. */
import type { AlertPorts } from '../../shared/pipeline/alert.ts';
import type { FindingStore, Readers, SnapshotStore } from '../../shared/ports.ts';
import { createMemoryStore } from './memory-store.ts';

export interface TestAlertPorts extends AlertPorts {
  readonly refreshed: string[];
}

export function createAlertPorts(given: {
  readonly snapshot?: { readonly readers: Readers; readonly at: string };
  readonly store?: FindingStore;
}): TestAlertPorts {
  const refreshed: string[] = [];
  const snapshots: SnapshotStore = {
    open: async () => (given.snapshot === undefined ? null : { version: given.snapshot.at, ...given.snapshot }),
  };
  return {
    store: given.store ?? createMemoryStore(),
    snapshots,
    refresh: { request: async (_clusterArn, reason) => void refreshed.push(reason) },
    opened: new Map(),
    refreshed,
  };
}
