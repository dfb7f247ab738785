/** Invoked by hand when people are locked out: `{"cluster": "arn:…"}` into every way back in, read live at once. */
import type { Context } from 'aws-lambda';
import { readDeployment } from '../shared/config.ts';
import { openEvidenceFolder } from '../shared/offline/evidence-folder.ts';
import { openEvidenceRecorder } from '../shared/offline/evidence-recorder.ts';
import { withTemporaryFolder } from '../shared/offline/temporary-folder.ts';
import { stopBefore, UNWATCHED } from '../shared/pipeline/deadline.ts';
import { recoverLive } from '../shared/pipeline/recover-live.ts';
import { parseRecoverEvent } from '../shared/pipeline/run-events.ts';
import { VERSION } from '../shared/pipeline/version.ts';

export async function handler(event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>) {
  const asked = parseRecoverEvent(event);
  const settings = readDeployment('region', 'roleName');
  const deployed = {
    ...settings,
    region: settings.get('region'),
    roleName: settings.get('roleName'),
    version: VERSION,
  };
  const { openRecovery } = await import('../shared/aws/deployed/recover-access.ts');
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  return withTemporaryFolder(async (dir) =>
    recoverLive(
      { ...asked, now },
      {
        open: openRecovery(deployed),
        sink: await openEvidenceRecorder(dir),
        openEvidence: () => openEvidenceFolder(dir),
        signal: stopBefore(context),
        progress: UNWATCHED,
      },
    ),
  );
}
