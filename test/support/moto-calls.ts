/** Calls to moto for which no client of the SDK is installed: streams of DynamoDB, buses and queues. */
import { fieldIn, itemsIn, textIn } from '../../shared/evidence/json-fields.ts';

const REGION = 'eu-central-1';
const TARGETS = { dynamodb: 'DynamoDBStreams_20120810', events: 'AWSEvents', sqs: 'AmazonSQS' } as const;

export type MotoCall = (
  service: keyof typeof TARGETS,
  operation: string,
  input: Readonly<Record<string, unknown>>,
) => Promise<unknown>;

/** moto takes any signature, and reads the region and the service out of it; without an account it takes one of its own. */
export function callMoto(
  url: string,
  { account, region = REGION }: { readonly account?: string; readonly region?: string } = {},
): MotoCall {
  return async (service, operation, input) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=testing/20261121/${region}/${service}/aws4_request, SignedHeaders=host, Signature=none`,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `${TARGETS[service]}.${operation}`,
        ...(account === undefined ? {} : { 'x-moto-account-id': account }),
      },
      body: JSON.stringify(input),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`expected ${operation} to be answered, got ${text}`);
    return JSON.parse(text === '' ? '{}' : text);
  };
}

/** Records of the one shard since it was last asked. */
export async function followStream(call: MotoCall, streamArn: string): Promise<() => Promise<readonly unknown[]>> {
  const described = fieldIn(await call('dynamodb', 'DescribeStream', { StreamArn: streamArn }), 'StreamDescription');
  const [shard] = itemsIn(described, 'Shards') ?? [];
  const asked = { StreamArn: streamArn, ShardId: textIn(shard, 'ShardId'), ShardIteratorType: 'TRIM_HORIZON' };
  let iterator = textIn(await call('dynamodb', 'GetShardIterator', asked), 'ShardIterator');
  return async () => {
    const records: unknown[] = [];
    for (;;) {
      const answer = await call('dynamodb', 'GetRecords', { ShardIterator: iterator });
      const page = itemsIn(answer, 'Records') ?? [];
      iterator = textIn(answer, 'NextShardIterator');
      if (page.length === 0) return records;
      records.push(...page);
    }
  };
}

export interface Queue {
  readonly arn: string;
  /** The bodies of what lies there, taken out. */
  readonly receive: () => Promise<readonly string[]>;
}

export async function makeQueue(call: MotoCall, name: string): Promise<Queue> {
  const QueueUrl = textIn(await call('sqs', 'CreateQueue', { QueueName: name }), 'QueueUrl');
  return {
    arn: await readArn(call, QueueUrl),
    async receive() {
      const bodies: string[] = [];
      for (;;) {
        const answer = await call('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 });
        const messages = itemsIn(answer, 'Messages') ?? [];
        if (messages.length === 0) return bodies;
        for (const message of messages) {
          bodies.push(textIn(message, 'Body') ?? '');
          await call('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle: textIn(message, 'ReceiptHandle') });
        }
      }
    },
  };
}

async function readArn(call: MotoCall, QueueUrl: string | null): Promise<string> {
  const answer = await call('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['QueueArn'] });
  const arn = textIn(fieldIn(answer, 'Attributes'), 'QueueArn');
  if (arn === null) throw new Error('expected the queue to have an ARN, got none');
  return arn;
}
