import { CloudWatchLogsClient, PutSubscriptionFilterCommand } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, test } from 'vitest';
import { KeyholderError } from '../shared/errors.ts';
import { renderFilters } from '../shared/evidence/log-batch.ts';
import type { FindingStore } from '../shared/ports.ts';
import { askAs } from './support/local-aws/estate-client.ts';
import type { LocalAws } from './support/local-aws/local-aws.ts';
import { startLoginWorld } from './support/login-world.ts';

const CLUSTER_ARN = 'arn:aws:eks:eu-west-1:111122223333:cluster/payments';

function login(role: string, at: string, { groups = '[]' } = {}): string {
  const uid = `AROAEXAMPLE${role.toUpperCase().padEnd(10, '0')}`.slice(0, 21);
  return `time="${at}" level=info msg="access granted" arn="arn:aws:iam::111122223333:role/${role}" client="127.0.0.1:4711" groups="${groups}" method=POST path=/authenticate stsendpoint=sts.eu-west-1.amazonaws.com uid="aws-iam-authenticator:111122223333:${uid}" username=${role}`;
}

const DENIED =
  'time="2026-11-21T08:04:00Z" level=warning msg="access denied" arn="arn:aws:iam::111122223333:role/lost" client="127.0.0.1:9" error="ARN is not mapped: arn:aws:iam::111122223333:role/lost" method=POST path=/authenticate';
const BROKEN =
  'time="2026-11-21T08:05:00Z" level=error msg="There was an error parsing the config maps.  Only saving data that was good, [yaml: line 3: did not find expected key]"';
const BREAK_GLASS = 'breakGlass:\n  - principal: arn:aws:iam::111122223333:role/newcomer\n';

async function subscribe(aws: LocalAws, name: string, pattern: string): Promise<void> {
  const client = new CloudWatchLogsClient(askAs(aws, { region: 'eu-west-1' }));
  const filter = {
    filterName: name,
    filterPattern: pattern,
    destinationArn: 'arn:aws:lambda:eu-west-1:111122223333:function:some',
  };
  await client.send(new PutSubscriptionFilterCommand({ logGroupName: '/aws/eks/payments/cluster', ...filter }));
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

  test('what the table did not take after the bus did is sent twice, and told once', async () => {
    let isDown = true;
    const wrap = (store: FindingStore): FindingStore => ({
      ...store,
      put: async (item) => {
        if (isDown) throw new KeyholderError('write-failed', `expected to write ${item.key}, got a table that is gone`);
        return store.put(item);
      },
    });
    const world = await startLoginWorld({ lines: [login('admins', '2026-11-21T08:06:00Z')], wrap });

    const first = await world.runAt('2026-11-21T08:10:00Z');
    isDown = false;
    const second = await world.runAt('2026-11-21T08:20:00Z');

    expect([first.failures.length, second.failures.length, world.sent.length]).toEqual([2, 0, 2]);
    expect(await listOpen(world)).toMatchObject([{ detection: 'first-admin-session', change: 1 }]);
    expect(world.ports.told.people).toHaveLength(1);
  });

  test('two runs at once tell of a session once', async () => {
    const world = await startLoginWorld({ lines: [login('admins', '2026-11-21T08:06:00Z')] });

    const runs = await Promise.all([world.runAt('2026-11-21T08:10:00Z'), world.runAt('2026-11-21T08:10:00Z')]);

    expect(runs.flatMap(({ failures }) => failures)).toEqual([]);
    expect(await listOpen(world)).toMatchObject([{ detection: 'first-admin-session', change: 1 }]);
    expect(world.ports.told.people).toHaveLength(1);
  });

  test('nights of a day each remember whom they saw: after a month the first session of an admin is one', async () => {
    const lines = [login('admins', '2026-11-21T08:06:00Z'), login('deployer', '2026-11-21T08:07:00Z')];
    const seen = login('admins', '2026-10-20T12:00:00Z');
    const cases = [{ nights: 33 }, { nights: 20 }, { nights: 33, seen: { day: '2026-10-21', lines: [seen] } }];

    const found = [];
    for (const one of cases) {
      const world = await startLoginWorld({ lines, ...one });
      await world.runAt('2026-11-21T08:10:00Z');
      found.push((await listOpen(world)).map(({ detection, subject }) => [detection, subject]));
    }

    expect(found).toEqual([[['first-admin-session', 'iam:arn:aws:iam::111122223333:role/admins']], [], []]);
  });

  test('a session in system:masters that nobody declared is told within the window', async () => {
    const lines = [login('deployer', '2026-11-21T08:06:00Z', { groups: '[system:masters]' })];
    const world = await startLoginWorld({ lines });
    await world.runAt('2026-11-21T08:10:00Z');

    expect((await listOpen(world)).map(({ detection }) => detection).sort()).toEqual([
      'first-admin-session',
      'unexpected-system-masters-session',
    ]);
    expect(world.ports.told.people).toHaveLength(1);
  });

  test('where others hold a slot, the query tells what the second subscription would, and Coverage says so', async () => {
    const storm = Array.from({ length: 12 }, (_, port) => DENIED.replace(':9"', `:${port}"`));
    const lines = [...storm, BROKEN, login('newcomer', '2026-11-21T08:06:00Z')];
    const world = await startLoginWorld({ lines, files: { 'keyholder.yml': BREAK_GLASS } });
    await subscribe(world.aws, 'keyholder-changes', renderFilters([]).patterns[0] ?? '');
    await subscribe(world.aws, 'shipper', '');

    const first = await world.runAt('2026-11-21T08:10:00Z');
    const second = await world.runAt('2026-11-21T08:14:00Z');

    expect([first.forwarded, second.forwarded]).toEqual([14, 0]);
    expect(first.coverage).toMatchObject([
      {
        status: 'complete',
        reason:
          'denied logins, broken mappings and break-glass logins are asked for every few minutes, since keyholder-logins has no slot in the log group',
      },
    ]);
    const rows = await world.ports.store.list(CLUSTER_ARN, 'finding#');
    const found = rows.map(({ body }) => JSON.parse(JSON.stringify(body)).value).filter(({ at }) => at !== null);
    expect(found.map(({ detection, change }) => [detection, change.number]).sort()).toEqual([
      ['authentication-failure-storm', 1],
      ['aws-auth-malformed', 1],
      ['break-glass-used', 1],
    ]);
  });

  test('where both subscriptions stand, denied logins are left to them', async () => {
    const world = await startLoginWorld({ lines: [DENIED, BROKEN, login('admins', '2026-11-21T08:06:00Z')] });
    for (const [slot, pattern] of renderFilters([]).patterns.entries())
      await subscribe(world.aws, ['keyholder-changes', 'keyholder-logins'][slot] ?? '', pattern);

    const { forwarded, coverage } = await world.runAt('2026-11-21T08:10:00Z');

    expect([forwarded, coverage[0]?.reason]).toEqual([1, null]);
  });

  test('where the role of the account is refused, nothing is told, and the next good window tells it', async () => {
    const lines = [login('admins', '2026-11-21T08:06:00Z')];
    const world = await startLoginWorld({ lines });
    world.aws.inject({ operation: 'logs:StartQuery', nth: 1, fault: 'denied' });
    const refused = await world.runAt('2026-11-21T08:10:00Z');
    const good = await world.runAt('2026-11-21T09:10:00Z');

    expect([refused.forwarded, refused.coverage[0]?.status, good.forwarded]).toEqual([0, 'denied', 1]);
    expect(good.coverage[0]?.reason).toContain(
      'logins from 2026-11-21T07:10:00Z to 2026-11-21T09:10:00Z were asked for late between two audits: logs:StartQuery on cluster payments: denied',
    );
    expect(world.ports.told.people).toHaveLength(1);
  });
});
