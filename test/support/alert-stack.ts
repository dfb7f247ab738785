/** moto as what the path of an alert stands on in an account: table and stream, bucket, state machine, topics and queues. */
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { type AwsAccess, closeClients, createAwsAccess, createClient } from '../../shared/aws/access.ts';
import { openBucket } from '../../shared/aws/bucket.ts';
import { BucketS3 } from '../../shared/aws/bucket-reader.ts';
import { openFindingsTable } from '../../shared/aws/findings-table.ts';
import { fieldIn, isRecord, textIn } from '../../shared/evidence/json-fields.ts';
import type { Message } from '../../shared/message-port.ts';
import type { Channel } from '../../shared/pipeline/channels.ts';
import type { Memory } from '../../shared/pipeline/remember-run.ts';
import { callMoto, followStream, type MotoCall, makeQueue, type Queue } from './moto-calls.ts';
import { startMoto } from './packaged-stack.ts';
import { TABLE_SHAPE } from './table-shape.ts';

/** As it is made; `empty` makes it anew under the same names. */
export interface AlertStack {
  /** What the functions find in their environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** The same table and bucket, for what an audit leaves there. */
  readonly memory: Memory;
  readonly empty: () => Promise<void>;
  /** Records since it was last asked. */
  readonly readStream: () => Promise<readonly unknown[]>;
  /** What came to the queue that listens to the channel's topic, taken out. */
  readonly receive: (channel: Channel) => Promise<readonly Message[]>;
  readonly close: () => Promise<void>;
}

const REGION = 'eu-central-1';
const TABLE = TABLE_SHAPE.TableName;
const BUCKET = 'keyholder-reports';

/** Throws where moto is not installed. */
export async function startAlertStack(): Promise<AlertStack> {
  const moto = await startMoto();
  const access = createAwsAccess({
    region: REGION,
    version: '0.0.0',
    endpoint: moto.url,
    credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'none' }),
  });
  const call = callMoto(moto.url);
  let made = await makeAll(access, call);
  return {
    environment: {
      ...moto.environment,
      KEYHOLDER_BUCKET: BUCKET,
      KEYHOLDER_TABLE: TABLE,
      KEYHOLDER_STATE_MACHINE_ARN: made.stateMachineArn,
      KEYHOLDER_TOPIC_ARN: made.people.topicArn,
      KEYHOLDER_CHAT_TOPIC_ARN: made.chat.topicArn,
      KEYHOLDER_MACHINE_TOPIC_ARN: made.machines.topicArn,
    },
    memory: { store: openFindingsTable(access, TABLE), objects: openBucket(access, BUCKET) },
    async empty() {
      await fetch(`${moto.url}/moto-api/reset`, { method: 'POST' });
      made = await makeAll(access, call);
    },
    readStream: () => made.readStream(),
    receive: async (channel) => (await made[channel].queue.receive()).map(readEnvelope),
    async close() {
      closeClients(access);
      await moto.close();
    },
  };
}

interface ListenedTopic {
  readonly topicArn: string;
  readonly queue: Queue;
}

async function makeAll(access: AwsAccess, call: MotoCall) {
  const readStream = await followStream(call, await makeTable(access));
  await createClient(access, BucketS3, REGION).send(
    new CreateBucketCommand({ Bucket: BUCKET, CreateBucketConfiguration: { LocationConstraint: REGION } }),
  );
  const definition = JSON.stringify({ StartAt: 'Read', States: { Read: { Type: 'Pass', End: true } } });
  const { stateMachineArn = '' } = await createClient(access, SFNClient, REGION).send(
    new CreateStateMachineCommand({
      name: 'keyholder-audit-estate',
      definition,
      roleArn: 'arn:aws:iam::111122223333:role/keyholder-audit-estate',
    }),
  );
  return {
    readStream,
    stateMachineArn,
    people: await makeTopic(access, call, 'keyholder'),
    chat: await makeTopic(access, call, 'keyholder-chat'),
    machines: await makeTopic(access, call, 'keyholder-machines'),
  };
}

/** As resources/storage.yml makes it; the ARN of its stream. */
async function makeTable(access: AwsAccess): Promise<string> {
  const { TableDescription } = await createClient(access, DynamoDBClient, REGION).send(
    new CreateTableCommand({
      ...TABLE_SHAPE,
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
  return TableDescription?.LatestStreamArn ?? '';
}

async function makeTopic(access: AwsAccess, call: MotoCall, name: string): Promise<ListenedTopic> {
  const client = createClient(access, SNSClient, REGION);
  const { TopicArn = '' } = await client.send(new CreateTopicCommand({ Name: name }));
  const queue = await makeQueue(call, name);
  await client.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queue.arn }));
  return { topicArn: TopicArn, queue };
}

/** SNS hands a queue the message and all that came with it as JSON. */
function readEnvelope(body: string): Message {
  const envelope: unknown = JSON.parse(body);
  const named = fieldIn(envelope, 'MessageAttributes');
  const attributes = Object.entries(isRecord(named) ? named : {}).map(
    ([name, attribute]) => [name, textIn(attribute, 'Value') ?? ''] as const,
  );
  return {
    subject: textIn(envelope, 'Subject') ?? '',
    text: textIn(envelope, 'Message') ?? '',
    attributes: Object.fromEntries(attributes),
  };
}
