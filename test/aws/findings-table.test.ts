import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { createClient } from '../../shared/aws/access.ts';
import { openFindingsTable } from '../../shared/aws/findings-table.ts';
import { describeFindingStore } from '../contracts/finding-store.ts';
import { describeRememberedHistory } from '../contracts/remembered-history.ts';
import { openLocalTable } from '../support/local-dynamodb.ts';

async function openStore() {
  const { access, table, close } = await openLocalTable();
  return { store: openFindingsTable(access, table), close };
}

describeFindingStore('a DynamoDB table', openStore);
describeRememberedHistory('a DynamoDB table', openStore);

describe('findings table', () => {
  test('names a row that is none of ours', async () => {
    const { access, table, close } = await openLocalTable();
    const client = createClient(access, DynamoDBClient, access.region);
    await client.send(new PutItemCommand({ TableName: table, Item: { pk: { S: 'estate' }, sk: { S: 'run' } } }));
    await expect(openFindingsTable(access, table).get('estate', 'run')).rejects.toThrow(
      'expected rows with pk, sk, version and body in keyholder-findings, got another row',
    );
    await close();
  });

  test('says of a failed call which it was, and on what', async () => {
    const { access, close } = await openLocalTable();
    const store = openFindingsTable(access, 'another');
    const row = { partition: 'estate', key: 'run', version: 1, body: null, expiresAt: null };

    await expect(store.get('estate', 'run')).rejects.toMatchObject({
      code: 'read-failed',
      message: 'dynamodb:GetItem on table another: it is not there',
    });
    await expect(store.list('estate', '')).rejects.toMatchObject({
      code: 'read-failed',
      message: 'dynamodb:Query on table another: it is not there',
    });
    await expect(store.put(row)).rejects.toMatchObject({
      code: 'write-failed',
      message: 'dynamodb:PutItem on table another: it is not there',
    });
    await close();
  });
});
