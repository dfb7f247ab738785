import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { handler as alertOnApiCall } from '../../functions/alert-on-api-call.ts';
import { handler } from '../../functions/query-new-logins.ts';
import { fieldIn, itemsIn, textIn } from '../../shared/evidence/json-fields.ts';
import { ESTATE_NOW } from '../support/estate.ts';
import { startLocalStack } from '../support/local-stack.ts';

const CONTEXT = { getRemainingTimeInMillis: () => 280_000 };
const ALERT = 'arn:aws:lambda:eu-central-1:111122223333:function:keyholder-prod-alert-on-api-call';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function login(account: string, role: string): string {
  return `time="2026-11-21T02:55:00Z" level=info msg="access granted" arn="arn:aws:iam::${account}:role/${role}" client="127.0.0.1:4711" groups="[system:masters]" method=POST path=/authenticate stsendpoint=sts.eu-central-1.amazonaws.com uid="aws-iam-authenticator:${account}:AROAEXAMPLE0000000001" username=${role}\n`;
}

function prepare(folder: string): void {
  appendFileSync(
    join(folder, '111122223333/eu-central-1/payments/authenticator.log'),
    login('111122223333', 'intruder'),
  );
  writeFileSync(join(folder, '444455556666/us-east-1/orders/authenticator.log'), login('444455556666', 'stranger'));
}

describe('query-new-logins', () => {
  test('asks every account and region through its role, and each login becomes a finding on its own cluster', async () => {
    const { taken, estate } = await startLocalStack({ prepare });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(ESTATE_NOW) });

    const { forwarded, coverage } = await handler({}, CONTEXT);
    const found: unknown[] = [];
    const sent = taken.filter(({ operation }) => operation === 'AWSEvents.PutEvents');
    for (const { input } of sent) {
      for (const entry of itemsIn(input, 'Entries') ?? []) {
        const { clusters, findings } = JSON.parse(
          JSON.stringify(
            await alertOnApiCall(
              {
                account: '111122223333',
                region: 'eu-central-1',
                source: textIn(entry, 'Source'),
                time: ESTATE_NOW,
                detail: JSON.parse(textIn(entry, 'Detail') ?? ''),
              },
              { invokedFunctionArn: ALERT },
            ),
          ),
        );
        for (const finding of findings)
          found.push([clusters, fieldIn(finding, 'detection'), fieldIn(finding, 'subject')]);
      }
    }

    expect([forwarded, coverage.map(({ cluster, status }) => [cluster, status])]).toEqual([
      2,
      [
        ['payments', 'complete'],
        ['orders', 'complete'],
      ],
    ]);
    expect(found).toEqual([
      [
        ['arn:aws:eks:eu-central-1:111122223333:cluster/payments'],
        'unexpected-system-masters-session',
        'iam:arn:aws:iam::111122223333:role/intruder',
      ],
      [
        ['arn:aws:eks:us-east-1:444455556666:cluster/orders'],
        'unexpected-system-masters-session',
        'iam:arn:aws:iam::444455556666:role/stranger',
      ],
    ]);
    expect(estate.aws.problems).toEqual([]);
  });

  test('names an account whose role lets nobody in, and asks the others', async () => {
    await startLocalStack({ prepare, open: ['111122223333'] });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(ESTATE_NOW) });

    const { forwarded, unasked } = await handler({}, CONTEXT);

    expect([forwarded, unasked.map(({ account, status, reason }) => [account, status, reason])]).toEqual([
      1,
      [['444455556666', 'denied', expect.stringContaining('logs:DescribeLogGroups on cluster orders: denied')]],
    ]);
  });
});
