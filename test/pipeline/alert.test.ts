import { describe, expect, test } from 'vitest';
import { unwrapRemembered } from '../../shared/findings/remembered.ts';
import type { Happening } from '../../shared/model/happening.ts';
import type { CloudTrailEvent } from '../../shared/model/records.ts';
import { alertOnHappening } from '../../shared/pipeline/alert.ts';
import type { FindingStore } from '../../shared/ports.ts';
import { createAlertPorts } from '../support/alert-ports.ts';
import { memoryReaders } from '../support/memory-readers.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import { cloudTrailEvent } from '../support/records.ts';
import { smallEstate } from '../support/small-estate.ts';

const CLUSTER = 'arn:aws:eks:eu-west-1:111122223333:cluster/payments';
const READ_AT = '2026-11-21T00:00:00Z';

function happening(eventName: string, more: Partial<CloudTrailEvent> & { readonly id?: string } = {}): Happening {
  const { id = 'event-1', at = '2026-11-21T08:00:00Z', ...rest } = more;
  const evidence = { source: 'cloudtrail', id, at, file: null, line: 0 } as const;
  const record = cloudTrailEvent({ eventName, at, region: 'eu-west-1', eventId: id, evidence, ...rest });
  return { clusterArn: CLUSTER, id, at: at ?? '', record };
}

const association = happening('AssociateAccessPolicy', {
  request: {
    policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
    accessScope: { type: 'cluster' },
  },
});

async function listRemembered(store: FindingStore) {
  const rows = await store.list(CLUSTER, 'finding#');
  return rows.flatMap(({ body }) => unwrapRemembered('finding', body) ?? []);
}

function withSnapshot(store: FindingStore = createMemoryStore()) {
  return createAlertPorts({ snapshot: { readers: memoryReaders(smallEstate()), at: READ_AT }, store });
}

describe('alertOnHappening', () => {
  test('remembers a new admin, and nothing that stood before', async () => {
    const ports = withSnapshot();
    await alertOnHappening(association, ports);
    expect(await listRemembered(ports.store)).toMatchObject([
      {
        detection: 'admin-policy-at-cluster-scope',
        subject: 'iam:arn:aws:iam::111122223333:role/newcomer',
        status: 'new',
        change: { number: 1, kind: 'new', cause: 'AssociateAccessPolicy', at: '2026-11-21T08:00:00Z' },
        basis: READ_AT,
      },
    ]);
    expect(ports.refreshed).toEqual([]);
  });

  test('writes nothing for another delivery', async () => {
    const store = createMemoryStore();
    const first = await alertOnHappening(association, withSnapshot(store));
    const before = await store.list(CLUSTER, '');
    const second = await alertOnHappening(association, withSnapshot(store));
    expect([first.written, second.written]).toEqual([1, 0]);
    expect(await store.list(CLUSTER, '')).toEqual(before);
  });

  test('asks the store six times at most', async () => {
    const store = createMemoryStore();
    await alertOnHappening(association, withSnapshot(store));
    expect(store.calls()).toBeLessThanOrEqual(6);
  });

  test('says what it saw without a snapshot, and asks for one', async () => {
    const ports = createAlertPorts({});
    await alertOnHappening(association, ports);
    expect(await listRemembered(ports.store)).toMatchObject([
      { detection: 'admin-policy-at-cluster-scope', basis: null },
    ]);
    expect(ports.refreshed).toEqual(['no audit has left a snapshot of the cluster']);
  });

  test('asks for another read where the event does not show what it changed', async () => {
    const ports = withSnapshot();
    await alertOnHappening(happening('AssociateIdentityProviderConfig', { principalArn: null }), ports);
    expect(ports.refreshed).toEqual(['AssociateIdentityProviderConfig']);
  });

  test('asks for another read where the record was too large to be kept in whole', async () => {
    const ports = withSnapshot();
    const request = { username: 'ops', kubernetesGroups: ['x'.repeat(100_000)] };
    await alertOnHappening(happening('CreateAccessEntry', { request }), ports);
    expect(ports.refreshed).toEqual(['what CreateAccessEntry asked for in whole']);
  });

  test('takes a call that failed for an attempt', async () => {
    const ports = withSnapshot();
    const failed = {
      succeeded: false,
      errorCode: 'AccessDenied',
      request: { policyArn: 'AmazonEKSClusterAdminPolicy' },
    };
    await alertOnHappening(happening('AssociateAccessPolicy', failed), ports);
    expect((await listRemembered(ports.store)).map(({ detection }) => detection)).toEqual(['access-change-denied']);
  });
});
