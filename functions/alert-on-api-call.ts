/** An event of the home bus, from any account and region: alerts on the clusters that it concerns. */
import type { Context } from 'aws-lambda';
import { readDeployment } from '../shared/config.ts';
import { openObjectEvidence } from '../shared/offline/object-evidence.ts';
import type { AlertPorts } from '../shared/pipeline/alert.ts';
import { alertOnEvent } from '../shared/pipeline/alert-on-event.ts';
import { rememberPathEvent } from '../shared/pipeline/remember-path-event.ts';
import { createSnapshotStore } from '../shared/pipeline/snapshot-store.ts';
import { VERSION } from '../shared/pipeline/version.ts';

/** Connections and snapshots of this process, which serves many events. */
let ports: Promise<AlertPorts> | null = null;

export async function handler(event: unknown, context: Partial<Pick<Context, 'invokedFunctionArn'>> = {}) {
  ports ??= openPorts(context.invokedFunctionArn?.split(':')[4] ?? null);
  const open = await ports;
  const marked = await rememberPathEvent(event, { store: open.store, now: new Date().toISOString() });
  const outcome = marked ?? (await alertOnEvent(event, open));
  // Nobody reads the answer to an event: what no parser took must stand in the log.
  if (outcome.skipped.length > 0) console.log(JSON.stringify({ skipped: outcome.skipped }));
  return outcome;
}

async function openPorts(homeAccount: string | null): Promise<AlertPorts> {
  const settings = readDeployment('region', 'bucket', 'table', 'stateMachineArn');
  const { openAlerts } = await import('../shared/aws/deployed/alert-on-api-call.ts');
  const { store, bucket, refresh } = openAlerts({
    ...settings,
    region: settings.get('region'),
    bucket: settings.get('bucket'),
    table: settings.get('table'),
    stateMachineArn: settings.get('stateMachineArn'),
    version: VERSION,
  });
  return {
    store,
    snapshots: createSnapshotStore(store, (key) => openObjectEvidence(bucket, key)),
    refresh,
    opened: new Map(),
    homeAccount,
  };
}
