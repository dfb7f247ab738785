import { describe, expect, test } from 'vitest';
import { unwrapRemembered } from '../shared/findings/remembered.ts';
import { alertOnEvent } from '../shared/pipeline/alert-on-event.ts';
import {
  alertEstate,
  awsAuth,
  CLUSTER_ARN,
  clusterRole,
  clusterRoleBinding,
  EVERYTHING,
  READ_AT,
} from './support/alert-estate.ts';
import { createAlertPorts } from './support/alert-ports.ts';
import { type BusEvent, call, write } from './support/cloudtrail-events.ts';
import { memoryReaders } from './support/memory-readers.ts';

const at = '2026-11-21T08:00:00Z';
const ROLE = 'arn:aws:iam::111122223333:role';
const NEWCOMER = `${ROLE}/newcomer`;
const ADMIN_POLICY = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
const before = alertEstate({
  rbac: [clusterRole('cluster-admin', EVERYTHING)],
  rows: [{ role: 'mapped', username: 'mapped', groups: ['viewers'] }],
});

async function listFound(...events: readonly BusEvent[]): Promise<readonly string[]> {
  const ports = createAlertPorts({ snapshot: { readers: memoryReaders(before), at: READ_AT } });
  for (const event of events) await alertOnEvent(event, ports);
  const rows = await ports.store.list(CLUSTER_ARN, 'finding#');
  return rows
    .flatMap(({ body }) => unwrapRemembered('finding', body) ?? [])
    .map(({ detection, subject }) => `${detection} ${subject}`)
    .sort();
}

const grants = (
  more: Partial<Parameters<typeof call>[0]> = {},
  request: Readonly<Record<string, unknown>> = {},
): BusEvent =>
  call({
    name: 'AssociateAccessPolicy',
    at,
    request: { principalArn: NEWCOMER, policyArn: ADMIN_POLICY, accessScope: { type: 'cluster' }, ...request },
    ...more,
  });
const binds = (
  subjects: Parameters<typeof clusterRoleBinding>[2],
  more: Partial<Parameters<typeof write>[0]> = {},
): BusEvent =>
  write({
    verb: 'create',
    at,
    resource: 'clusterrolebindings',
    name: 'x',
    body: clusterRoleBinding('x', 'cluster-admin', subjects),
    ...more,
  });
const maps = (groups: readonly string[]): BusEvent =>
  write({
    verb: 'update',
    at,
    resource: 'configmaps',
    name: 'aws-auth',
    namespace: 'kube-system',
    body: awsAuth([{ role: 'mapped', username: 'mapped', groups }]),
  });

const BOUND = 'admin-cluster-role-binding binding:ClusterRoleBinding/-/x';

describe('evasions', () => {
  test('a session that is named like automation gives admin all the same', async () => {
    expect(await listFound(grants({ session: 'terraform' }))).toEqual([
      `admin-policy-at-cluster-scope iam:${NEWCOMER}`,
    ]);
  });

  test('a username of EKS proves nothing when an account of the customer carries it', async () => {
    expect(await listFound(binds([['User', 'mallory']], { username: 'eks:addon-manager' }))).toEqual([BOUND]);
  });

  test('a binding for a username of EKS is found, whoever carries the name', async () => {
    expect(await listFound(binds([['User', 'eks:addon-manager-2']]))).toContain(BOUND);
  });

  test('another letter case in the ARN of a principal is the same principal', async () => {
    const other = 'arn:aws:iam::111122223333:role/NewComer';
    const found = await listFound(
      grants(),
      call({ name: 'UpdateAccessEntry', at: '2026-11-21T08:01:00Z', request: { principalArn: other, username: 'x' } }),
    );

    expect(found).toEqual([`admin-policy-at-cluster-scope iam:${NEWCOMER}`]);
  });

  test('a group in another letter case is another group, and no admin', async () => {
    expect(await listFound(maps(['System:Masters']))).toEqual([]);
  });

  test('a role whose name looks like one that is approved is found under its own name', async () => {
    const lookAlike = `${ROLE}/аdmins`;

    expect(await listFound(grants({}, { principalArn: lookAlike }))).toEqual([
      `admin-policy-at-cluster-scope iam:${lookAlike}`,
    ]);
  });

  test('one admin among five hundred subjects is found', async () => {
    const subjects = Array.from({ length: 500 }, (_, index) => ['User', `user-${index}`] as const);

    expect(await listFound(binds([...subjects, ['Group', 'system:masters']]))).toContain(BOUND);
  });

  test('a group is found where a user of its name is known, and the other way round', async () => {
    expect(await listFound(binds([['Group', 'mapped']]))).toEqual([BOUND]);
    expect(await listFound(binds([['User', 'viewers']]))).toEqual([BOUND]);
  });

  test('a principal that is percent-encoded, as calls carry it, is the same principal', async () => {
    expect(await listFound(grants({}, { principalArn: encodeURIComponent(NEWCOMER) }))).toEqual([
      `admin-policy-at-cluster-scope iam:${NEWCOMER}`,
    ]);
  });

  test('a dry run gives nothing', async () => {
    expect(await listFound(binds([['User', 'mallory']], { query: '?dryRun=All' }))).toEqual([]);
  });

  test('a call that was denied gives nothing, and is an attempt', async () => {
    expect(await listFound(grants({ errorCode: 'AccessDenied' }))).toEqual([
      `access-change-denied iam:${ROLE}/deployer`,
    ]);
  });

  test('a request that was forbidden gives nothing', async () => {
    expect(await listFound(binds([['User', 'mallory']], { code: 403 }))).toEqual([]);
  });

  test('an event that imitates AWS from another source is not believed', async () => {
    const ports = createAlertPorts({ snapshot: { readers: memoryReaders(before), at: READ_AT } });

    const outcome = await alertOnEvent({ ...grants(), source: 'my.aws.eks' }, ports);

    expect(outcome).toEqual({
      findings: [],
      clusters: [],
      skipped: ['expected an event of AWS or of keyholder.logs, got one of another source'],
    });
  });

  test('a record that names another account than its bus is not believed', async () => {
    const ports = createAlertPorts({ snapshot: { readers: memoryReaders(before), at: READ_AT } });

    const outcome = await alertOnEvent({ ...grants(), account: '444455556666' }, ports);

    expect(outcome.skipped).toEqual(['the record names another account or region than its bus']);
  });

  test('a log function cannot tell of calls to AWS', async () => {
    const ports = createAlertPorts({ snapshot: { readers: memoryReaders(before), at: READ_AT } });
    const forged = { ...grants(), source: 'keyholder.logs' };

    expect((await alertOnEvent(forged, ports)).skipped).toEqual(['expected another record than one of cloudtrail']);
  });
});
