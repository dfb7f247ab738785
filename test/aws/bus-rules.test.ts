import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAwsAccess } from '../../shared/aws/access.ts';
import { listBusRules } from '../../shared/aws/bus-rules.ts';

interface Answer {
  readonly status?: number;
  readonly body: object;
}

/** EventBridge as it answers each request for a page, by the token that comes with it. */
async function openBus(answers: Readonly<Record<string, Answer>>) {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { NextToken = 'first' } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      const { status = 200, body } = answers[NextToken] ?? { status: 400, body: { __type: 'ValidationException' } };
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return createAwsAccess({
    region: 'eu-central-1',
    version: '0.1.0',
    endpoint: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' }),
    maxAttempts: 1,
  });
}

const list = async (answers: Readonly<Record<string, Answer>>) => listBusRules(await openBus(answers), 'eu-west-1');
const PATTERN = '{"source":["keyholder.test"]}';
const FIRST = { Rules: [{ Name: 'a', State: 'ENABLED', EventPattern: PATTERN }], NextToken: 'second' };
const DENIED = {
  __type: 'AccessDeniedException',
  message: 'because no identity-based policy allows the events:ListRules action',
};

describe('listBusRules', () => {
  test('lists the rules of every page, with what each takes and whether it is on', async () => {
    const second = [
      { Name: 'b', State: 'DISABLED', EventPattern: PATTERN },
      { Name: 'c', State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS', EventPattern: PATTERN },
      { Name: 'd', State: 'ENABLED', ScheduleExpression: 'rate(1 day)' },
    ];

    expect(await list({ first: { body: FIRST }, second: { body: { Rules: second } } })).toEqual([
      { isOn: true, pattern: PATTERN },
      { isOn: false, pattern: PATTERN },
      { isOn: true, pattern: PATTERN },
      { isOn: true, pattern: null },
    ]);
  });

  test('answers with none for a bus without rules', async () => {
    expect(await list({ first: { body: { Rules: [] } } })).toEqual([]);
  });

  test.each([
    ['the first page', { first: { status: 400, body: DENIED } }],
    ['a later page', { first: { body: FIRST }, second: { status: 400, body: DENIED } }],
  ])('takes no part for the whole where %s is denied', async (_page, answers) => {
    await expect(list(answers)).rejects.toMatchObject({
      code: 'read-failed',
      message: 'events:ListRules on region eu-west-1: denied (no identity-based policy allows)',
    });
  });

  test('does not go round in a circle of pages', async () => {
    await expect(list({ first: { body: FIRST }, second: { body: FIRST } })).rejects.toMatchObject({
      message: 'events:ListRules on region eu-west-1: a page led back to an earlier one',
    });
  });
});
