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
  const deployed = { ...settings, region: settings.get('region'), version: VERSION };
  const [{ openAuditRole }, { openHome }, { openBucket }, { openFindingsTable }] = await Promise.all([
    import('../shared/aws/audit-role.ts'),
    import('../shared/aws/home.ts'),
    import('../shared/aws/bucket.ts'),
    import('../shared/aws/findings-table.ts'),
  ]);
  const home = openHome(deployed);
  const store = openBucket(home, settings.get('bucket'));
  return auditOneCluster(asked, {
    store,
    findings: settings.table === null ? null : openFindingsTable(home, settings.table),
    sink: openObjectRecorder(store, evidencePrefix(run)),
    open: openAuditRole({ ...deployed, roleName: settings.get('roleName'), sharedBy: PART * sharedBy }),
    openEvidence: (places) => openObjectEvidence(store, evidencePrefix(run), places),
    signal: stopBefore(context),
    progress: UNWATCHED,
  });
}
