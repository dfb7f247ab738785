import { describe, expect, test } from 'vitest';
import { KeyholderError } from '../../shared/errors.ts';
import { wrapRemembered } from '../../shared/findings/remembered.ts';
import type { LoginQuestion, RecentLogins, Subscription } from '../../shared/live-ports.ts';
import { queryNewLogins } from '../../shared/pipeline/query-new-logins.ts';
import type { BusEvent, ClusterPlace, FindingStore } from '../../shared/ports.ts';
import { createMemoryStore } from '../support/memory-store.ts';

const NOW = '2026-11-21T08:10:00Z';
const LATER = '2026-11-21T08:20:00Z';

async function listAudited(store: FindingStore, names: readonly string[], at = '2026-11-21T03:00:00Z') {
  for (const name of names) {
    const [account = '', region = '', cluster = ''] = name.split('/');
    const arn = `arn:aws:eks:${region}:${account}:cluster/${cluster}`;
    const body = wrapRemembered('cluster', { arn, name: cluster, account, region, at });
    await store.put({ partition: 'estate', key: `cluster#${arn}`, version: 1, body, expiresAt: null });
  }
}

function answer(cluster: ClusterPlace, { window }: LoginQuestion, lines: readonly string[] = []): RecentLogins {
  const { account, region, name } = cluster;
  const at = { source: 'authenticator-log', account, region, cluster: name, part: null } as const;
  return { cluster, isLogged: true, lines, coverage: { ...at, status: 'complete', window, reason: null } };
}

interface Given {
  readonly store?: FindingStore;
  readonly read?: (question: LoginQuestion) => Promise<readonly RecentLogins[]>;
  readonly subscriptions?: () => Promise<readonly Subscription[]>;
  readonly put?: (events: readonly BusEvent[]) => Promise<void>;
}

async function openWorld({ store = createMemoryStore(), ...given }: Given, clusters: readonly string[]) {
  await listAudited(store, clusters);
  const asked: string[] = [];
  const sent: BusEvent[] = [];
  let looks = 0;
  const read = async (question: LoginQuestion) => {
    const names = question.clusters.map(({ name }) => name).join(' ');
    const faults = question.withFaults.map(({ name }) => name).join(' ');
    asked.push(`${names} ${question.window.from.slice(11, 16)}-${question.window.to.slice(11, 16)} faults: ${faults}`);
    return given.read?.(question) ?? question.clusters.map((cluster) => answer(cluster, question));
  };
  const listSubscriptions = async () => {
    looks += 1;
    return given.subscriptions?.() ?? [];
  };
  const run = (now: string, signal = new AbortController().signal) =>
    queryNewLogins({
      store,
      bus: { put: given.put ?? (async (events) => void sent.push(...events)) },
      open: () => ({ read, listSubscriptions }),
      signal,
      now,
    });
  return { store, asked, sent, run, looks: () => looks };
}

const PAYMENTS = '111122223333/eu-central-1/payments';
const BILLING = '111122223333/eu-central-1/billing';
const ORDERS = '444455556666/us-east-1/orders';

const LOGIN = `${JSON.stringify({
  arn: 'arn:aws:iam::444455556666:role/alice',
  username: 'alice',
  groups: '[]',
  last: '2026-11-21 08:06:00.000',
  count: 1,
})}\n`;

describe('queryNewLogins', () => {
  test('asks the clusters of the last audits, those of one account and region together', async () => {
    const world = await openWorld({}, [PAYMENTS, BILLING, ORDERS]);
    const { coverage, forwarded, oldestSeconds } = await world.run(NOW);
    await world.run(LATER);

    expect(world.asked).toEqual([
      'billing payments 07:10-08:10 faults: billing payments',
      'orders 07:10-08:10 faults: orders',
      'billing payments 08:05-08:20 faults: billing payments',
      'orders 08:05-08:20 faults: orders',
    ]);
    expect([coverage.map(({ status }) => status), forwarded, oldestSeconds]).toEqual([
      ['complete', 'complete', 'complete'],
      0,
      0,
    ]);
    expect(world.looks()).toBe(3);
  });

  test('tells the home bus whose log it was', async () => {
    const read = async (question: LoginQuestion) => question.clusters.map((one) => answer(one, question, [LOGIN]));
    const world = await openWorld({ read }, [ORDERS]);
    await world.run(NOW);

    expect(world.sent.map(({ detail, ...event }) => ({ ...event, ...JSON.parse(detail) }))).toEqual([
      {
        source: 'keyholder.logs',
        detailType: 'Keyholder log records',
        account: '444455556666',
        region: 'us-east-1',
        logGroup: '/aws/eks/orders/cluster',
        logStream: '',
        logEvents: [{ id: expect.any(String), timestamp: 1_795_248_360_000, message: LOGIN }],
      },
    ]);
  });

  test('adds up what its queries scanned, each once', async () => {
    const read = async (question: LoginQuestion) =>
      question.clusters.map((one) => {
        const { coverage, ...rest } = answer(one, question);
        const scan = { bytesScanned: 2_000_000_000, dollars: 0.01, clusters: question.clusters.length };
        return { ...rest, coverage: { ...coverage, scan } };
      });
    const world = await openWorld({ read }, [PAYMENTS, BILLING, ORDERS]);

    expect((await world.run(NOW)).dollars).toBe(0.02);
  });

  test('sends no more at once than can be judged in time', async () => {
    const lines = Array.from({ length: 45 }, (_, index) => LOGIN.replaceAll('alice', `person-${index}`));
    const read = async (question: LoginQuestion) => question.clusters.map((one) => answer(one, question, lines));
    const world = await openWorld({ read }, [ORDERS]);
    const { forwarded } = await world.run(NOW);

    expect([forwarded, world.sent.map(({ detail }) => JSON.parse(detail).logEvents.length)]).toEqual([45, [20, 20, 5]]);
  });

  test('counts a cluster without a log among none that were not asked', async () => {
    const read = async (question: LoginQuestion) =>
      question.clusters.map((one) => {
        const { coverage, ...rest } = answer(one, question);
        const isLogged = one.name === 'payments';
        return {
          ...rest,
          isLogged,
          coverage: { ...coverage, status: 'unavailable' as const, window: null, reason: 'none' },
        };
      });
    const world = await openWorld({ read }, [PAYMENTS, BILLING]);
    await world.run(NOW);
    const { unasked, oldestSeconds } = await world.run(LATER);

    expect([unasked.map(({ cluster }) => cluster), oldestSeconds]).toEqual([['payments'], 4_200]);
  });

  test('leaves denied logins to the subscription where one stands as ours does', async () => {
    const pattern = [
      'access denied',
      'parsing configmap',
      'parsing the config maps',
      'parsing config map',
      'configmap on delete',
      'arn:aws:iam::111122223333:role/break-glass',
    ]
      .map((term) => `?"${term}"`)
      .join(' ');
    const stands = (more: Partial<Subscription>) => async () => [
      { name: 'keyholder-logins', pattern, destinationArn: 'arn:aws:lambda:example', ...more },
    ];
    const watched = await openWorld({ subscriptions: stands({}) }, [PAYMENTS]);
    const faked = await openWorld({ subscriptions: stands({ pattern: '"nothing"' }) }, [PAYMENTS]);
    await watched.run(NOW);
    const { coverage } = await faked.run(NOW);

    expect([watched.asked, faked.asked]).toEqual([
      ['payments 07:10-08:10 faults: '],
      ['payments 07:10-08:10 faults: payments'],
    ]);
    expect(coverage[0]?.reason).toBe(
      'denied logins, broken mappings and break-glass logins are asked for every few minutes, since keyholder-logins has no slot in the log group; changes of RBAC and aws-auth wait for an audit, since keyholder-changes is not attached',
    );
  });

  test('says which subscriptions it could not look at, and asks for everything there', async () => {
    const subscriptions = async () => {
      throw new KeyholderError('read-failed', 'logs:DescribeSubscriptionFilters on cluster payments: denied');
    };
    const world = await openWorld({ subscriptions }, [PAYMENTS]);

    expect((await world.run(NOW)).coverage[0]?.reason).toBe(
      'denied logins, broken mappings and break-glass logins are asked for every few minutes, since the subscriptions of the log group could not be read (logs:DescribeSubscriptionFilters on cluster payments: denied)',
    );
    expect(world.asked).toEqual(['payments 07:10-08:10 faults: payments']);
  });

  test('asks a cluster that was refused from where it came, and the others from where they came', async () => {
    let isRefused = true;
    const read = async (question: LoginQuestion) =>
      question.clusters.map((one) => {
        const good = answer(one, question);
        if (!isRefused || one.name !== 'billing') return good;
        return { ...good, coverage: { ...good.coverage, status: 'denied' as const, window: null, reason: 'denied' } };
      });
    const world = await openWorld({ read }, [PAYMENTS, BILLING]);
    await world.run(NOW);
    const late = await world.run(LATER);
    isRefused = false;
    await world.run('2026-11-21T08:30:00Z');
    await world.run('2026-11-21T08:40:00Z');

    expect(late.oldestSeconds).toBe(4_200);
    expect(world.asked.map((line) => line.replace(/ faults.*/, ''))).toEqual([
      'billing payments 07:10-08:10',
      'billing 07:05-08:20',
      'payments 08:05-08:20',
      'billing 07:05-08:30',
      'payments 08:15-08:30',
      'billing payments 08:25-08:40',
    ]);
  });

  test('sends again what the bus did not take, and says that nobody was told', async () => {
    const read = async (question: LoginQuestion) => question.clusters.map((one) => answer(one, question, [LOGIN]));
    let isDown = true;
    const taken: BusEvent[] = [];
    const put = async (events: readonly BusEvent[]) => {
      if (isDown) throw new KeyholderError('write-failed', 'expected the bus to take every event, got 1 back');
      taken.push(...events);
    };
    const world = await openWorld({ read, put }, [ORDERS]);
    const down = await world.run(NOW);
    isDown = false;
    const up = await world.run(LATER);

    expect([down.forwarded, down.failures, down.coverage[0]?.status]).toEqual([
      0,
      ['expected the bus to take every event, got 1 back'],
      'unavailable',
    ]);
    expect([up.forwarded, taken.length, up.coverage[0]?.reason]).toEqual([
      1,
      1,
      expect.stringContaining(
        'logins from 2026-11-21T07:10:00Z to 2026-11-21T08:20:00Z were asked for late between two audits: expected the bus',
      ),
    ]);
  });

  test('begins nothing when its time is over, and remembers that it did not', async () => {
    const world = await openWorld({}, [PAYMENTS]);
    const { coverage } = await world.run(NOW, AbortSignal.abort());

    expect(world.asked).toEqual([]);
    expect(coverage[0]).toMatchObject({
      status: 'unavailable',
      reason: expect.stringContaining('out of time: not begun'),
    });
    expect(await world.store.get('account:111122223333', 'logins#eu-central-1')).toMatchObject({
      body: {
        value: {
          clusters: [
            { name: 'payments', readTo: '2026-11-21T07:10:00Z', gaps: [{ from: '2026-11-21T07:10:00Z', to: null }] },
          ],
        },
      },
    });
  });

  test('begins with whoever waits longest', async () => {
    const world = await openWorld({}, [ORDERS]);
    await world.run(NOW);
    await listAudited(world.store, [PAYMENTS]);
    const { coverage } = await world.run(LATER);

    expect(coverage.map(({ cluster }) => cluster)).toEqual(['payments', 'orders']);
  });

  test('asks no more for a cluster that is in no audit of a week', async () => {
    const store = createMemoryStore();
    await listAudited(store, [BILLING], '2026-11-13T03:00:00Z');
    const world = await openWorld({ store }, [PAYMENTS]);
    await world.run(NOW);

    expect(world.asked).toEqual(['payments 07:10-08:10 faults: payments']);
  });

  test('asks nothing before the first audit', async () => {
    const world = await openWorld({}, []);

    expect(await world.run(NOW)).toEqual({
      coverage: [],
      unasked: [],
      forwarded: 0,
      folded: 0,
      skipped: 0,
      dollars: 0,
      oldestSeconds: null,
      failures: [],
    });
  });
});
