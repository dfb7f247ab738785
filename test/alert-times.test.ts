import { describe, expect, test } from 'vitest';
import { unwrapRemembered } from '../shared/findings/remembered.ts';
import { alertOnEvent } from '../shared/pipeline/alert-on-event.ts';
import type { FindingStore, SnapshotStore } from '../shared/ports.ts';
import { alertEstate, CLUSTER_ARN, READ_AT } from './support/alert-estate.ts';
import { createAlertPorts } from './support/alert-ports.ts';
import { type BusEvent, type CallGiven, call } from './support/cloudtrail-events.ts';
import { memoryReaders } from './support/memory-readers.ts';

const NEWCOMER = 'arn:aws:iam::111122223333:role/newcomer';
const ADMIN_POLICY = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
const LIFE = '2026-01-01T00:00:00Z';

const grants = (at: string, more: Partial<CallGiven> = {}): BusEvent =>
  call({
    name: 'AssociateAccessPolicy',
    at,
    request: { principalArn: NEWCOMER, policyArn: ADMIN_POLICY, accessScope: { type: 'cluster' } },
    ...more,
  });
const creates = (at: string, createdAt?: number | string): BusEvent =>
  call({ name: 'CreateCluster', at, response: { cluster: { name: 'payments', ...(createdAt && { createdAt }) } } });

const open = () => createAlertPorts({ snapshot: { readers: memoryReaders(alertEstate({})), at: READ_AT } });

async function listFound(store: FindingStore, clusterArn = CLUSTER_ARN) {
  const rows = await store.list(clusterArn, 'finding#');
  const found = rows.flatMap(({ body }) => unwrapRemembered('finding', body) ?? []);
  return found.map(({ detection, cluster, change, basis }) => ({
    detection,
    life: cluster?.life,
    at: change.at,
    basis,
  }));
}

describe('times of events', () => {
  test('an event from before the snapshot changes nothing that was read since', async () => {
    const ports = open();
    await alertOnEvent(grants('2026-11-20T23:00:00Z'), ports);

    expect(await listFound(ports.store)).toEqual([]);
  });

  test('an event that was dated ahead by a clock counts as after the snapshot', async () => {
    const ports = open();
    await alertOnEvent(grants('2026-11-21T00:00:01Z'), ports);

    expect(await listFound(ports.store)).toEqual([
      { detection: 'admin-policy-at-cluster-scope', life: LIFE, at: '2026-11-21T00:00:01Z', basis: READ_AT },
    ]);
  });

  test('calls of the same second are taken in the order in which they can be made', async () => {
    const at = '2026-11-21T08:00:00Z';
    const ports = open();
    const remove = call({ name: 'DeleteAccessEntry', at, request: { principalArn: NEWCOMER } });
    for (const event of [grants(at), remove]) await alertOnEvent(event, ports);

    expect(await listFound(ports.store)).toContainEqual({
      detection: 'admin-policy-at-cluster-scope',
      life: LIFE,
      at,
      basis: READ_AT,
    });
  });

  test('an old snapshot asks for another read, and is trusted only in part', async () => {
    const ports = open();
    await alertOnEvent(grants('2026-11-22T02:00:01Z'), ports);

    expect(ports.refreshed).toEqual([`the snapshot is of ${READ_AT}`]);
  });

  test('a cluster created again under its name lives a life of its own', async () => {
    const ports = open();
    const events = [
      call({ name: 'DeleteCluster', at: '2026-11-21T08:00:00Z' }),
      creates('2026-11-21T09:00:00Z', '2026-11-21T09:00:00.123Z'),
      grants('2026-11-21T10:00:00Z'),
    ];
    for (const event of events) await alertOnEvent(event, ports);

    expect(await listFound(ports.store)).toContainEqual({
      detection: 'admin-policy-at-cluster-scope',
      life: '2026-11-21T09:00:00.123Z',
      at: '2026-11-21T10:00:00Z',
      basis: READ_AT,
    });
    expect((await ports.store.list(CLUSTER_ARN, 'life#')).map(({ key }) => key)).toEqual([
      'life#2026-11-21T09:00:00.123Z',
    ]);
  });

  test('a cluster that no audit has read lives the life that its creation tells, as the next audit will', async () => {
    const ports = createAlertPorts({});
    for (const event of [creates('2026-11-21T09:00:00Z', 1_795_251_600.123), grants('2026-11-21T10:00:00Z')])
      await alertOnEvent(event, ports);

    expect(await listFound(ports.store)).toContainEqual({
      detection: 'admin-policy-at-cluster-scope',
      life: '2026-11-21T09:00:00.123Z',
      at: '2026-11-21T10:00:00Z',
      basis: null,
    });
  });

  test.each([
    ['that no audit has read', () => createAlertPorts({}), null],
    ['that was read before it was deleted', open, READ_AT],
  ])(
    'a cluster %s lives by the time of its creation where the record does not tell createdAt',
    async (_name, ports, basis) => {
      const opened = ports();
      const events = [
        call({ name: 'DeleteCluster', at: '2026-11-21T08:00:00Z' }),
        creates('2026-11-21T09:00:00Z'),
        grants('2026-11-21T10:00:00Z'),
        call({ name: 'DeleteCluster', at: '2026-11-21T11:00:00Z' }),
        creates('2026-11-21T12:00:00Z'),
        grants('2026-11-21T12:30:00Z'),
      ];
      for (const event of events) await alertOnEvent(event, opened);

      const granted = (await listFound(opened.store)).filter(
        ({ detection }) => detection === 'admin-policy-at-cluster-scope',
      );
      expect(granted.sort((a, b) => (a.at < b.at ? -1 : 1))).toEqual([
        { detection: 'admin-policy-at-cluster-scope', life: '2026-11-21T09:00:00Z', at: '2026-11-21T10:00:00Z', basis },
        { detection: 'admin-policy-at-cluster-scope', life: '2026-11-21T12:00:00Z', at: '2026-11-21T12:30:00Z', basis },
      ]);
      expect(opened.refreshed.some((reason) => reason.includes('CreateCluster'))).toBe(true);
    },
  );

  test('clusters of one name in two regions and two accounts are told apart', async () => {
    const ports = createAlertPorts({});
    const at = '2026-11-21T10:00:00Z';
    const elsewhere = [{ region: 'us-west-2' }, { account: '444455556666' }];
    for (const place of elsewhere) await alertOnEvent(grants(at, place), ports);

    expect(await listFound(ports.store)).toEqual([]);
    for (const arn of [
      'arn:aws:eks:us-west-2:111122223333:cluster/payments',
      'arn:aws:eks:eu-west-1:444455556666:cluster/payments',
    ])
      expect(await listFound(ports.store, arn)).toContainEqual({
        detection: 'admin-policy-at-cluster-scope',
        life: null,
        at,
        basis: null,
      });
  });

  test('a failure of one cluster is told once the others were judged', async () => {
    const ports = open();
    const snapshots: SnapshotStore = { open: () => Promise.reject(new Error('no bucket')) };

    await expect(alertOnEvent(grants('2026-11-21T08:00:00Z'), { ...ports, snapshots })).rejects.toThrow(
      'got 1 failures, the first: no bucket',
    );
  });

  test('a call to IAM whose clusters cannot be looked up is told as a failure, too', async () => {
    const ports = open();
    const store: FindingStore = { ...ports.store, list: () => Promise.reject(new Error('no table')) };
    const event = call({ name: 'DeleteRole', service: 'iam', at: '2026-11-21T08:00:00Z', request: { roleName: 'a' } });

    await expect(alertOnEvent(event, { ...ports, store })).rejects.toThrow('got 1 failures, the first: no table');
  });
});
