import { describe, expect, test } from 'vitest';
import { parseArrivals } from '../../shared/evidence/happenings.ts';

const MESSAGE = `${JSON.stringify({
  arn: 'arn:aws:iam::111122223333:role/alice',
  username: 'alice',
  groups: '[]',
  last: '2026-11-21 08:06:00.000',
  count: 1,
})}\n`;

function logEvent(account: string, place: Readonly<Record<string, string>> = {}) {
  const logEvents = [{ id: 'example', timestamp: 1_795_248_360_000, message: MESSAGE }];
  const detail = { ...place, logGroup: '/aws/eks/payments/cluster', logStream: '', logEvents };
  return { account, region: 'eu-central-1', source: 'keyholder.logs', time: '2026-11-21T08:10:00Z', detail };
}

const MEMBER = { account: '111122223333', region: 'eu-west-1' };

describe('parseArrivals', () => {
  test('takes a log for one of the account and region that sent it', () => {
    expect(
      parseArrivals(logEvent('111122223333'), '444455556666').arrivals.map(({ clusterArn }) => clusterArn),
    ).toEqual(['arn:aws:eks:eu-central-1:111122223333:cluster/payments']);
  });

  test('believes the home account whose log it was', () => {
    const { arrivals, skipped } = parseArrivals(logEvent('444455556666', MEMBER), '444455556666');

    expect(arrivals.map(({ clusterArn, account, at }) => [clusterArn, account, at])).toEqual([
      ['arn:aws:eks:eu-west-1:111122223333:cluster/payments', '111122223333', '2026-11-21T08:06:00Z'],
    ]);
    expect(skipped).toEqual([]);
  });

  test('believes nobody else, and nobody at all where it does not know its own account', () => {
    const refused = { arrivals: [], skipped: ['the event names another account than its bus'] };

    expect(parseArrivals(logEvent('777788889999', MEMBER), '444455556666')).toEqual(refused);
    expect(parseArrivals(logEvent('444455556666', MEMBER))).toEqual(refused);
  });
});
