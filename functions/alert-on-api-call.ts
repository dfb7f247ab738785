/** An event of the home bus, from any account and region: alerts on the clusters that it concerns. */
import { readDeployment } from '../shared/config.ts';
import { openObjectEvidence } from '../shared/offline/object-evidence.ts';
import type { AlertPorts } from '../shared/pipeline/alert.ts';
import { alertOnEvent } from '../shared/pipeline/alert-on-event.ts';
import { rememberPathEvent } from '../shared/pipeline/remember-path-event.ts';
import { createSnapshotStore } from '../shared/pipeline/snapshot-store.ts';
import { VERSION } from '../shared/pipeline/version.ts';

/** Connections and snapshots of this process, which serves many events. */
let ports: Promise<AlertPorts> | null = null;

export async function handler(event: unknown) {
  ports ??= openPorts();
  const open = await ports;
  const marked = await rememberPathEvent(event, { store: open.store, now: new Date().toISOString() });
  const outcome = marked ?? (await alertOnEvent(event, open));
  // Nobody reads the answer to an event: what no parser took must stand in the log.
  if (outcome.skipped.length > 0) console.log(JSON.stringify({ skipped: outcome.skipped }));
  return outcome;
}

async function openPorts(): Promise<AlertPorts> {
  const settings = readDeployment('region', 'bucket', 'table', 'stateMachineArn');
  const home = (await import('../shared/aws/home.ts')).openHome({
    ...settings,
    region: settings.get('region'),
    version: VERSION,
  });
  const store = (await import('../shared/aws/findings-table.ts')).openFindingsTable(home, settings.get('table'));
  const bucket = (await import('../shared/aws/bucket-reader.ts')).openBucketReader(home, settings.get('bucket'));
  const { openMachineRefresh } = await import('../shared/aws/machine-refresh.ts');
  const refresh = openMachineRefresh(home, settings.get('stateMachineArn'), { now: () => new Date().toISOString() });
  return {
    store,
    snapshots: createSnapshotStore(store, (key) => openObjectEvidence(bucket, key)),
    refresh,
    opened: new Map(),
  };
}
