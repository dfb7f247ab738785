/** A state of the nightly machine: one cluster, read, judged and remembered. */
import type { Context } from 'aws-lambda';
import { readDeployment } from '../shared/config.ts';
import { openObjectEvidence } from '../shared/offline/object-evidence.ts';
import { openObjectRecorder } from '../shared/offline/object-recorder.ts';
import { auditOneCluster } from '../shared/pipeline/audit-one-cluster.ts';
import { evidencePrefix } from '../shared/pipeline/audit-run.ts';
import { stopBefore, UNWATCHED } from '../shared/pipeline/deadline.ts';
import { parseClusterEvent } from '../shared/pipeline/run-events.ts';
import { VERSION } from '../shared/pipeline/version.ts';

/** Half of the rates is for whoever else works in the account. */
const PART = 2;

export async function handler(event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>) {
  const { run, sharedBy, ...asked } = parseClusterEvent(event);
  const settings = readDeployment('region', 'bucket', 'roleName');
  const { openClusterAudit } = await import('../shared/aws/deployed/audit-cluster.ts');
  const { store, findings, open } = openClusterAudit({
    ...settings,
    region: settings.get('region'),
    bucket: settings.get('bucket'),
    roleName: settings.get('roleName'),
    version: VERSION,
    sharedBy: PART * sharedBy,
  });
  return auditOneCluster(asked, {
    store,
    findings,
    sink: openObjectRecorder(store, evidencePrefix(run)),
    open,
    openEvidence: (places) => openObjectEvidence(store, evidencePrefix(run), places),
    signal: stopBefore(context),
    progress: UNWATCHED,
  });
}
