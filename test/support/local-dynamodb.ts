/** A DynamoDB-compatible server in this process, with a table made as the deployed one is. */
import { once } from 'node:events';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { type AwsAccess, closeClients, createAwsAccess, createClient } from '../../shared/aws/access.ts';
import { listenOnLoopback, OPEN_CONNECTIONS } from './loopback.ts';
import { TABLE_SHAPE } from './table-shape.ts';

export interface LocalTable {
  readonly access: AwsAccess;
  readonly table: string;
  readonly close: () => Promise<void>;
}

export async function openLocalTable(): Promise<LocalTable> {
  const server = dynalite({ createTableMs: 0 });
  Object.assign(server, OPEN_CONNECTIONS);
  return openTableAt(`http://127.0.0.1:${await listenOnLoopback(server)}`, async () => {
    server.close();
    await once(server, 'close');
  });
}

/** On a server that runs already; `close` ends it. */
export async function openTableAt(endpoint: string, close: () => Promise<void>): Promise<LocalTable> {
  const access = createAwsAccess({
    region: 'eu-central-1',
    version: '0.0.0',
    endpoint,
    credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'none' }),
  });
  await createTable(access);
  return {
    access,
    table: TABLE_SHAPE.TableName,
    async close() {
      closeClients(access);
      await close();
    },
  };
}

async function createTable(access: AwsAccess): Promise<void> {
  const client = createClient(access, DynamoDBClient, access.region);
  await client.send(new CreateTableCommand(TABLE_SHAPE));
  for (let status: string | undefined; status !== 'ACTIVE'; ) {
    status = (await client.send(new DescribeTableCommand({ TableName: TABLE_SHAPE.TableName }))).Table?.TableStatus;
  }
}
