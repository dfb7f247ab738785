/** Last state of the nightly machine: the report, its files, and a digest for people. */
import type { Context } from 'aws-lambda';
import { readDeployment } from '../shared/config.ts';
import { openObjectEvidence } from '../shared/offline/object-evidence.ts';
import { openObjectRecorder } from '../shared/offline/object-recorder.ts';
import { evidencePrefix } from '../shared/pipeline/audit-run.ts';
import { stopBefore, UNWATCHED } from '../shared/pipeline/deadline.ts';
import { parsePublishEvent } from '../shared/pipeline/run-events.ts';
import { VERSION } from '../shared/pipeline/version.ts';

export async function handler(event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>) {
  const { run } = parsePublishEvent(event);
  const settings = readDeployment('region', 'bucket', 'topicArn');
  const bucket = settings.get('bucket');
  const [{ publishReport }, { openHome }, { openBucket }, { createLink, openReportBucket }, { openTopic }] =
    await Promise.all([
      import('../shared/pipeline/publish-report.ts'),
      import('../shared/aws/home.ts'),
      import('../shared/aws/bucket.ts'),
      import('../shared/aws/report-bucket.ts'),
      import('../shared/aws/sns.ts'),
    ]);
  const home = openHome({ ...settings, region: settings.get('region'), version: VERSION });
  const store = openBucket(home, bucket);
  return publishReport(
    { run },
    {
      store,
      sink: openObjectRecorder(store, evidencePrefix(run)),
      openEvidence: (places) => openObjectEvidence(store, evidencePrefix(run), places),
      reports: openReportBucket(store, `reports/${run}/`),
      link: (key) => createLink(home, { bucket, key, at: new Date() }),
      publisher: openTopic(home, settings.get('topicArn')),
      signal: stopBefore(context),
      progress: UNWATCHED,
    },
  );
}
