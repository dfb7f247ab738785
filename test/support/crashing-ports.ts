/** The ports of an alert that crash once, at one of the moments at which it waits. */
import type { AlertPorts } from '../../shared/pipeline/alert.ts';
import type { Readers, Snapshot } from '../../shared/ports.ts';
import { countMoments } from './moments.ts';

export interface CrashingPorts {
  readonly ports: AlertPorts;
  /** Moments so far. */
  readonly moments: () => number;
}

/** `at` counts from 1; 0 crashes nowhere. */
export function crashAt(ports: AlertPorts, at: number): CrashingPorts {
  const { count, guard, guardStore } = countMoments((moment) => {
    if (moment === at) throw new Error(`crashed at moment ${moment}`);
  });
  const guardReaders = (readers: Readers): Readers => ({
    places: guard(readers.places),
    readTop: guard(readers.readTop),
    readAccount: guard(readers.readAccount),
    readRegion: guard(readers.readRegion),
    readCluster: guard(readers.readCluster),
  });
  const { store, snapshots, refresh } = ports;
  return {
    moments: count,
    ports: {
      // Another process knows nothing of what this one had read.
      opened: new Map(),
      store: guardStore(store),
      refresh: { request: guard(refresh.request) },
      snapshots: {
        open: guard(async (clusterArn: string): Promise<Snapshot | null> => {
          const snapshot = await snapshots.open(clusterArn);
          return snapshot === null ? null : { ...snapshot, readers: guardReaders(snapshot.readers) };
        }),
      },
    },
  };
}
