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
});
