import { describe, expect, test } from 'vitest';
import { unwrapRemembered } from '../shared/findings/remembered.ts';
import { openObjectEvidence } from '../shared/offline/object-evidence.ts';
import { alertOnEvent } from '../shared/pipeline/alert-on-event.ts';
import { createSnapshotStore } from '../shared/pipeline/snapshot-store.ts';
import { alertEstate, CLUSTER_ARN, trust } from './support/alert-estate.ts';
import { createAlertPorts } from './support/alert-ports.ts';
import { rememberNight } from './support/audited-night.ts';
import { type BusEvent, call } from './support/cloudtrail-events.ts';
import { openMemoryObjects } from './support/memory-objects.ts';
import { createMemoryStore } from './support/memory-store.ts';

const OTHER = '444455556666';
const ROLE = `arn:aws:iam::${OTHER}:role`;

const entry = {
  principalArn: `${ROLE}/operators`,
  type: 'STANDARD',
  username: 'operators',
  kubernetesGroups: [],
  createdAt: '2026-01-02T00:00:00Z',
  associatedAccessPolicies: [
    {
      policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
      accessScope: { type: 'cluster', namespaces: [] },
    },
  ],
};

const role = (name: string, trusted: string) => ({
  RoleName: name,
  Path: '/',
  Arn: `${ROLE}/${name}`,
  RoleId: `AROAEXAMPLE${name.toUpperCase().padEnd(10, '0')}`.slice(0, 21),
  CreateDate: '2025-12-01T00:00:00Z',
  AssumeRolePolicyDocument: trust(trusted),
  RolePolicyList: [],
  AttachedManagedPolicies: [],
  InstanceProfileList: [],
});

/** The cluster's admins come from another account, which lets in whoever its own policies let. */
const files = {
  ...alertEstate({ entries: [entry] }),
  [`${OTHER}/iam.json`]: JSON.stringify({
    UserDetailList: [],
    GroupDetailList: [],
    RoleDetailList: [role('operators', `arn:aws:iam::${OTHER}:root`), role('builder', 'ec2.amazonaws.com')],
    Policies: [],
  }),
};

const iamCall = (name: string, request: Readonly<Record<string, unknown>>): BusEvent =>
  call({ name, service: 'iam', account: OTHER, at: '2026-11-21T08:00:00Z', request });
const policyOf = (action: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });

async function listFound(event: BusEvent): Promise<readonly string[]> {
  const [store, objects] = [createMemoryStore(), openMemoryObjects()];
  await rememberNight(files, { store, objects });
  const snapshots = createSnapshotStore(store, (key) => openObjectEvidence(objects, key));
  await alertOnEvent(event, { ...createAlertPorts({ store }), snapshots });
  const rows = await store.list(CLUSTER_ARN, 'finding#');
  return rows
    .flatMap(({ body }) => unwrapRemembered('finding', body) ?? [])
    .filter(({ change }) => change.cause === event.detail.eventName)
    .map(({ detection, subject }) => `${detection} ${subject}`);
}

describe('a call to IAM in another account than the cluster', () => {
  test('by which somebody can become an admin of the cluster is told', async () => {
    const request = { roleName: 'builder', policyName: 'own', policyDocument: policyOf('sts:AssumeRole') };

    expect(await listFound(iamCall('PutRolePolicy', request))).toEqual([`admin-people-grew iam:${ROLE}/builder`]);
  });

  test('that lets somebody into an admin of the cluster is told with whom the role let in before', async () => {
    const policyDocument = JSON.stringify(trust(`${ROLE}/builder`));

    expect(await listFound(iamCall('UpdateAssumeRolePolicy', { roleName: 'operators', policyDocument }))).toEqual([
      `admin-role-trust-changed iam:${ROLE}/operators`,
    ]);
  });

  test('that leads nobody to the cluster is told to nobody', async () => {
    const request = { roleName: 'builder', policyName: 'own', policyDocument: policyOf('s3:ListAllMyBuckets') };

    expect(await listFound(iamCall('PutRolePolicy', request))).toEqual([]);
  });
});
