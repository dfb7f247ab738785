/** The table of findings, as resources/storage.yml makes it. */
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

export const TABLE_SHAPE = {
  TableName: 'keyholder-findings',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
} satisfies CreateTableCommandInput;
