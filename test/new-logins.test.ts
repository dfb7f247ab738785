import { describe, expect, test } from 'vitest';
import { startLoginWorld } from './support/login-world.ts';

const CLUSTER_ARN = 'arn:aws:eks:eu-west-1:111122223333:cluster/payments';

function login(role: string, at: string, { groups = '[]' } = {}): string {
  const uid = `AROAEXAMPLE${role.toUpperCase().padEnd(10, '0')}`.slice(0, 21);
  return `time="${at}" level=info msg="access granted" arn="arn:aws:iam::111122223333:role/${role}" client="127.0.0.1:4711" groups="${groups}" method=POST path=/authenticate stsendpoint=sts.eu-west-1.amazonaws.com uid="aws-iam-authenticator:111122223333:${uid}" username=${role}`;
}

async function listOpen({ ports }: Awaited<ReturnType<typeof startLoginWorld>>) {
  const rows = await ports.store.list(CLUSTER_ARN, 'finding#');
  return rows
    .map(({ body }) => JSON.parse(JSON.stringify(body)).value)
    .filter(({ change }) => change.cause === 'access granted')
    .map(({ detection, subject, change }) => ({ detection, subject, change: change.number, at: change.at }));
}

describe('new logins', () => {
  test('a first session of an admin is one finding and one message, however often its window is asked for', async () => {
    const world = await startLoginWorld({ lines: [login('admins', '2026-11-21T08:06:00Z')] });

    const first = await world.runAt('2026-11-21T08:10:00Z');
    const second = await world.runAt('2026-11-21T08:20:00Z');
    const third = await world.runAt('2026-11-21T08:25:00Z');

    expect([first.forwarded, second.forwarded, third.forwarded]).toEqual([1, 0, 0]);
    expect(await listOpen(world)).toEqual([
      {
        detection: 'first-admin-session',
        subject: 'iam:arn:aws:iam::111122223333:role/admins',
        change: 1,
        at: '2026-11-21T08:06:00Z',
      },
    ]);
    expect(world.ports.told.people).toHaveLength(1);
    expect(world.aws.problems).toEqual([]);
  });
});
