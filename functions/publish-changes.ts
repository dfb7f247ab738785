/** On the stream of the table: what is new in it, told once to people, chat and programs. */
import type { AwsAccess } from '../shared/aws/access.ts';
import { readDeployment } from '../shared/config.ts';
import { describeChangeMetrics } from '../shared/pipeline/change-metrics.ts';
import { type PublishChangesPorts, publishChanges } from '../shared/pipeline/publish-changes.ts';
import { VERSION } from '../shared/pipeline/version.ts';

export async function handler(event: unknown) {
  const settings = readDeployment('region', 'bucket', 'table', 'topicArn');
  const { openChanges } = await import('../shared/aws/deployed/publish-changes.ts');
  const { home, store, bucket, openTopic } = openChanges({
    ...settings,
    region: settings.get('region'),
    bucket: settings.get('bucket'),
    table: settings.get('table'),
    version: VERSION,
  });
  const openOptional = (arn: string | null) => (arn === null ? null : openTopic(arn));
  const productArn = settings.securityHubProductArn;
  const now = new Date().toISOString();
  const published = await publishChanges(event, {
    store,
    channels: {
      people: openTopic(settings.get('topicArn')),
      chat: openOptional(settings.chatTopicArn),
      machines: openOptional(settings.machineTopicArn),
    },
    readConfig: async () => {
      const bytes = await bucket.read('config/keyholder.yml');
      return bytes === null ? null : new TextDecoder().decode(bytes);
    },
    securityHub: productArn === null ? null : await openHub(home, productArn),
    now,
  });
  console.log(JSON.stringify(describeChangeMetrics(published, { stage: settings.stage, now })));
  return published;
}

/** Loaded only where there is one to give to. */
async function openHub(home: AwsAccess, productArn: string): Promise<PublishChangesPorts['securityHub']> {
  const { openProduct } = await import('../shared/aws/security-hub.ts');
  return openProduct(home, productArn);
}
