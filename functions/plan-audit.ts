/** First state of the nightly machine: which accounts, regions and clusters there are. */
import type { Context } from 'aws-lambda';
import { readDeployment, splitList } from '../shared/config.ts';
import { openObjectRecorder } from '../shared/offline/object-recorder.ts';
import { evidencePrefix } from '../shared/pipeline/audit-run.ts';
import { stopBefore, UNWATCHED } from '../shared/pipeline/deadline.ts';
import { planAudit, readDeclared } from '../shared/pipeline/plan-audit.ts';
import { parsePlanEvent } from '../shared/pipeline/run-events.ts';
import { VERSION } from '../shared/pipeline/version.ts';

export async function handler(event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>) {
  const asked = parsePlanEvent(event);
  const settings = readDeployment('region', 'bucket', 'roleName', 'regions');
  const { openPlan } = await import('../shared/aws/deployed/plan-audit.ts');
  const { store, open, listAccounts } = openPlan({
    ...settings,
    region: settings.get('region'),
    bucket: settings.get('bucket'),
    roleName: settings.get('roleName'),
    version: VERSION,
  });
  return planAudit(
    { ...asked, regions: splitList(settings.get('regions')) },
    {
      store,
      recorder: openObjectRecorder(store, evidencePrefix(asked.run)),
      listAccounts: () => listAccounts(settings.accounts),
      open: (account) => open(account, asked.now),
      copies: await readDeclared(store),
      signal: stopBefore(context),
      progress: UNWATCHED,
    },
  );
}
