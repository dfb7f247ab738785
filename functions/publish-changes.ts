/** On the stream of the table: what is new in it, told once to people, chat and programs. */
import type { AwsAccess } from '../shared/aws/access.ts';
import { readDeployment } from '../shared/config.ts';
import { describeChangeMetrics } from '../shared/pipeline/change-metrics.ts';
import { type PublishChangesPorts, publishChanges } from '../shared/pipeline/publish-changes.ts';
import { VERSION } from '../shared/pipeline/version.ts';

export async function handler(event: unknown) {
  const settings = readDeployment('region', 'bucket', 'table', 'topicArn');
  const [{ openHome }, { openBucketReader }, { openFindingsTable }, { openTopic }] = await Promise.all([
    import('../shared/aws/home.ts'),
    import('../shared/aws/bucket-reader.ts'),
    import('../shared/aws/findings-table.ts'),
    import('../shared/aws/sns.ts'),
  ]);
  const home = openHome({ ...settings, region: settings.get('region'), version: VERSION });
  const bucket = openBucketReader(home, settings.get('bucket'));
  const openOptional = (arn: string | null) => (arn === null ? null : openTopic(home, arn));
  const productArn = settings.securityHubProductArn;
  const now = new Date().toISOString();
  const published = await publishChanges(event, {
    store: openFindingsTable(home, settings.get('table')),
    channels: {
      people: openTopic(home, settings.get('topicArn')),
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
  const { openSecurityHub } = await import('../shared/aws/security-hub.ts');
  const [, partition = '', , region = '', account = ''] = productArn.split(':');
  return { hub: openSecurityHub(home, productArn), home: { partition, region, account } };
}
