import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { DeleteItemCommand, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildFunction } from '../../scripts/build-functions.mjs';
import { findFunction, NIGHT, readEvent } from '../support/function-events.ts';
import { type LocalStack, startLocalStack } from '../support/local-stack.ts';
import { BUCKET, listObjects } from '../support/nightly-estate.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const BUNDLES = join(ROOT, 'out', 'bundled-night');
const CONTEXT = { getRemainingTimeInMillis: () => 900_000 };

beforeAll(async () => {
  for (const name of new Set(NIGHT.map(findFunction))) await buildFunction(name ?? '', BUNDLES);
}, 120_000);

afterAll(() => {
  vi.restoreAllMocks();
  rmSync(BUNDLES, { recursive: true, force: true });
});

/** All that a night leaves: answers, objects, rows and messages; and then takes it away. */
async function walkNight({ estate, environment }: LocalStack, urlOf: (name: string) => string) {
  const told = estate.aws.published.length;
  const answers: unknown[] = [];
  for (const file of NIGHT) {
    const { handler } = await import(urlOf(findFunction(file) ?? ''));
    answers.push(JSON.parse(JSON.stringify(await handler(readEvent(file), CONTEXT))));
  }
  const objects = new Map([...listObjects(estate)].map(([key, body]) => [key, textOf(key, body)]));
  estate.aws.buckets.get(BUCKET)?.clear();
  const messages = estate.aws.published.slice(told).map((message) => JSON.stringify(message).replace(SIGNED, ''));
  return { answers, objects, rows: await takeRows(environment), messages };
}

/** A link is made by the clock of this machine: until when it holds, and its signature. */
const SIGNED = /The report, until [^:]*:\d\d|\?X-Amz-[^\s"\\]*/g;

function textOf(key: string, body: Buffer): string {
  return (key.endsWith('.gz') ? gunzipSync(body) : body).toString();
}

async function takeRows({ AWS_ENDPOINT_URL: endpoint = '', KEYHOLDER_TABLE: TableName }: LocalStack['environment']) {
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'none' };
  const client = new DynamoDBClient({ region: 'eu-central-1', endpoint, credentials });
  const rows: string[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
    for (const item of Items) {
      rows.push(JSON.stringify(item));
      const { pk = { S: '' }, sk = { S: '' } } = item;
      await client.send(new DeleteItemCommand({ TableName, Key: { pk, sk } }));
    }
  }
  client.destroy();
  return rows.sort();
}

describe('a night in bundles', () => {
  test('leaves byte for byte what the same night leaves from the source', async () => {
    // The same one for both: what EKS says of a cluster names the port at which the stack serves its API.
    const stack = await startLocalStack();

    await takeRows(stack.environment);
    const own = await walkNight(stack, (name) => pathToFileURL(join(ROOT, 'functions', `${name}.ts`)).href);
    const bundled = await walkNight(stack, (name) => pathToFileURL(join(BUNDLES, name, 'index.js')).href);

    expect(bundled.answers).toEqual(own.answers);
    expect([...bundled.objects.keys()].sort()).toEqual([...own.objects.keys()].sort());
    expect([...own.objects.keys()].filter((key) => own.objects.get(key) !== bundled.objects.get(key))).toEqual([]);
    expect(bundled.rows).toEqual(own.rows);
    expect(bundled.messages).toEqual(own.messages);
    expect(own.objects.get('reports/example/report.json')).toContain('keyholder.report/v1');
    expect(own.rows.length).toBeGreaterThan(20);
    expect(own.messages.length).toBe(1);
  });
});
