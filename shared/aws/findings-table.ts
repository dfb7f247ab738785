/** What is remembered, as rows of one DynamoDB table. */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import { KeyholderError } from '../errors.ts';
import type { FindingStore, LiveAccess, StoredItem } from '../ports.ts';
import { type AwsAccess, createAwsAccess, createClient } from './access.ts';
import { explainFailure } from './failure.ts';

/** The table's key: partition `pk` and sort `sk`, both strings; `ttl` is its time to live. */
export function openFindingsTable(access: AwsAccess, table: string): FindingStore {
  const client = createClient(access, DynamoDBClient, access.region);
  return {
    async get(partition, key) {
      const Key = { pk: { S: partition }, sk: { S: key } };
      const command = new GetItemCommand({ TableName: table, Key, ConsistentRead: true });
      const { Item } = await client.send(command).catch((error: unknown) => {
        throw explain(error, { access, table, operation: 'GetItem' });
      });
      return Item === undefined ? null : toItem(Item, table);
    },
    list: openRowList(access, table).list,
    async put(item) {
      const isFirst = item.version === 1;
      const condition = isFirst
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: '#version = :before',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':before': { N: String(item.version - 1) } },
          };
      try {
        await client.send(new PutItemCommand({ TableName: table, Item: fromItem(item), ...condition }));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw explain(error, { access, table, operation: 'PutItem' });
      }
    },
  };
}

/** For who only reads: its bundle, and its role, hold nothing more. */
export function openRowList(access: AwsAccess, table: string): Pick<FindingStore, 'list'> {
  const client = createClient(access, DynamoDBClient, access.region);
  return {
    async list(partition, prefix, most = Number.POSITIVE_INFINITY) {
      const rows: Row[] = [];
      const isCut = Number.isFinite(most);
      // The last come first: what is left out is not read, either.
      const last = isCut ? { ScanIndexForward: false, Limit: most } : {};
      try {
        const pages = paginateQuery({ client }, { ...queryOf(table, partition, prefix), ...last });
        for await (const { Items = [] } of pages) {
          rows.push(...Items);
          if (rows.length >= most) break;
        }
      } catch (error) {
        throw explain(error, { access, table, operation: 'Query' });
      }
      const inOrder = isCut ? rows.slice(0, most).reverse() : rows;
      return inOrder.map((row) => toItem(row, table));
    },
  };
}

function queryOf(TableName: string, partition: string, prefix: string) {
  const isBegun = prefix === '' ? '' : ' AND begins_with(sk, :prefix)';
  return {
    TableName,
    ConsistentRead: true,
    KeyConditionExpression: `pk = :partition${isBegun}`,
    ExpressionAttributeValues: {
      ':partition': { S: partition },
      ...(prefix === '' ? {} : { ':prefix': { S: prefix } }),
    },
  };
}

interface Called {
  readonly access: AwsAccess;
  readonly table: string;
  readonly operation: 'GetItem' | 'Query' | 'PutItem';
}

function explain(error: unknown, { access, table, operation }: Called): KeyholderError {
  const resource = `arn:${access.partition}:dynamodb:${access.region}:*:table/${table}`;
  const { reason } = explainFailure(error, { action: `dynamodb:${operation}`, resource, on: `table ${table}` });
  return new KeyholderError(operation === 'PutItem' ? 'write-failed' : 'read-failed', reason, { cause: error });
}

/** With the usual chain of credentials, or those of a profile. */
export function openTableStore(
  given: Pick<LiveAccess, 'region' | 'profile' | 'endpoint'> & { readonly table: string; readonly version: string },
): FindingStore {
  const { region, version, profile, endpoint, table } = given;
  const access = createAwsAccess({ region, version, profile: profile ?? undefined, endpoint: endpoint ?? undefined });
  return openFindingsTable(access, table);
}

type Row = Record<string, AttributeValue>;

/** The body is JSON text: a stream's reader parses it as any other, and no attribute type changes it. */
function fromItem({ partition, key, version, body, expiresAt }: StoredItem): Row {
  const lifetime = expiresAt === null ? null : Math.floor(Date.parse(expiresAt) / 1000);
  return {
    pk: { S: partition },
    sk: { S: key },
    version: { N: String(version) },
    body: { S: JSON.stringify(body) },
    ...(expiresAt === null ? {} : { expiresAt: { S: expiresAt }, ttl: { N: String(lifetime) } }),
  };
}

function toItem({ pk, sk, version, body, expiresAt }: Row, table: string): StoredItem {
  if (pk?.S === undefined || sk?.S === undefined || version?.N === undefined || body?.S === undefined) {
    throw new KeyholderError('read-failed', `expected rows with pk, sk, version and body in ${table}, got another row`);
  }
  return {
    partition: pk.S,
    key: sk.S,
    version: Number(version.N),
    body: JSON.parse(body.S),
    expiresAt: expiresAt?.S ?? null,
  };
}
