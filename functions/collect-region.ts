/** A state of the nightly machine, run until its log queries are over: what lies with one region of one account. */
import type { Context } from 'aws-lambda';
import { readDeployment } from '../shared/config.ts';
import { openObjectRecorder } from '../shared/offline/object-recorder.ts';
import { evidencePrefix } from '../shared/pipeline/audit-run.ts';
import { collectRegion } from '../shared/pipeline/collect-region.ts';
import { stopBefore, UNWATCHED } from '../shared/pipeline/deadline.ts';
import { parseUnitEvent } from '../shared/pipeline/run-events.ts';
import { VERSION } from '../shared/pipeline/version.ts';

export async function handler(event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>) {
  const { run, ...asked } = parseUnitEvent(event);
  const settings = readDeployment('region', 'bucket', 'roleName');
  const { openRegionAudit } = await import('../shared/aws/deployed/collect-region.ts');
  const { store, open } = openRegionAudit({
    ...settings,
    region: settings.get('region'),
    bucket: settings.get('bucket'),
    roleName: settings.get('roleName'),
    // Around which times to look in a trail is known when EKS was asked: the audit of each cluster does.
    trailBucket: null,
    version: VERSION,
  });
  return collectRegion(asked, {
    store,
    sink: openObjectRecorder(store, evidencePrefix(run)),
    open,
    signal: stopBefore(context),
    progress: UNWATCHED,
  });
}
