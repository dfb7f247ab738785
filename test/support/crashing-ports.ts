/** The ports of an alert that crash at one of the moments at which it waits: before a call is made, or when it was. */
import type { AlertPorts } from '../../shared/pipeline/alert.ts';
import type { Readers, Snapshot } from '../../shared/ports.ts';

export class Crash extends Error {}

export interface CrashingPorts {
  readonly ports: AlertPorts;
  /** Moments so far. */
  readonly moments: () => number;
}

/** `at` counts from 1; 0 crashes nowhere. */
export function crashAt(ports: AlertPorts, at: number): CrashingPorts {
  let moments = 0;
  const pass = (): void => {
    moments += 1;
    if (moments === at) throw new Crash(`crashed at moment ${moments}`);
  };
  const guard =
    <Args extends readonly unknown[], Answer>(call: (...args: Args) => Promise<Answer>) =>
    async (...args: Args): Promise<Answer> => {
      pass();
      const answer = await call(...args);
      pass();
      return answer;
    };
  const guardReaders = (readers: Readers): Readers => ({
    places: guard(readers.places),
    readTop: guard(readers.readTop),
    readAccount: guard(readers.readAccount),
    readRegion: guard(readers.readRegion),
    readCluster: guard(readers.readCluster),
  });
  const { store, snapshots, refresh } = ports;
  return {
    moments: () => moments,
    ports: {
      // Another process knows nothing of what this one had read.
      opened: new Map(),
      store: { get: guard(store.get), list: guard(store.list), put: guard(store.put) },
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
