/** Last state of the nightly machine: the report, its files, and a digest for people. */
import type { Context } from 'aws-lambda';
import type { ReportAdapters } from '../shared/aws/deployed/publish-report.ts';
import { readDeployment } from '../shared/config.ts';
import { openObjectEvidence } from '../shared/offline/object-evidence.ts';
import { openObjectRecorder } from '../shared/offline/object-recorder.ts';
import { evidencePrefix } from '../shared/pipeline/audit-run.ts';
import { stopBefore, UNWATCHED } from '../shared/pipeline/deadline.ts';
import { describePathMetrics } from '../shared/pipeline/path-metrics.ts';
import type { RenewPorts } from '../shared/pipeline/renew-findings.ts';
import { parsePublishEvent } from '../shared/pipeline/run-events.ts';
import { VERSION } from '../shared/pipeline/version.ts';

/** By its own ARN it knows where home is. */
type Asked = Pick<Context, 'getRemainingTimeInMillis'> & Partial<Pick<Context, 'invokedFunctionArn'>>;

export async function handler(event: unknown, context: Asked) {
  const { run } = parsePublishEvent(event);
  const settings = readDeployment('region', 'bucket', 'topicArn');
  const [{ publishReport }, { openReport }] = await Promise.all([
    import('../shared/pipeline/publish-report.ts'),
    import('../shared/aws/deployed/publish-report.ts'),
  ]);
  const adapters = openReport({
    ...settings,
    region: settings.get('region'),
    bucket: settings.get('bucket'),
    topicArn: settings.get('topicArn'),
    prefix: `reports/${run}/`,
    version: VERSION,
  });
  const { store, rows } = adapters;
  const account = context.invokedFunctionArn?.split(':')[4];
  const home = account === undefined ? null : { account, region: settings.get('region') };
  const { path, ...published } = await publishReport(
    { run },
    {
      ...adapters,
      canaries: rows === null || !settings.expectsCanaries ? null : { rows, home },
      renewal: await openRenewal(adapters, settings.securityHubProductArn),
      sink: openObjectRecorder(store, evidencePrefix(run)),
      openEvidence: (places) => openObjectEvidence(store, evidencePrefix(run), places),
      signal: stopBefore(context),
      progress: UNWATCHED,
    },
  );
  const metrics = describePathMetrics(path, { stage: settings.stage, now: new Date().toISOString() });
  if (metrics !== null) console.log(JSON.stringify(metrics));
  return published;
}

/** Security Hub is loaded only where there is one to give to. */
async function openRenewal({ home, rows }: ReportAdapters, productArn: string | null): Promise<RenewPorts | null> {
  if (rows === null || productArn === null) return null;
  const { openProduct } = await import('../shared/aws/security-hub.ts');
  return { rows, ...openProduct(home, productArn) };
}
