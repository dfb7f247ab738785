import { describe, expect, test } from 'vitest';
import { readAccessEntries } from '../../shared/aws/eks-entries.ts';
import { openEksPlace } from '../../shared/aws/eks-place.ts';
import { type LiveAws, type LiveAwsOptions, openLiveAws, PLACE } from '../support/live-aws.ts';
import { makeFolder } from '../support/temp-folder.ts';

const FOLDER = '111122223333/eu-central-1/payments';
const ADMIN = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
const CLUSTER = {
  cluster: {
    name: 'payments',
    arn: 'arn:aws:eks:eu-central-1:111122223333:cluster/payments',
    createdAt: '2026-03-02T09:15:00+00:00',
    accessConfig: { authenticationMode: 'API' },
  },
};

/** `count` entries of groups, of which the first two also hold a policy. */
function openManyEntries(count: number, options: LiveAwsOptions = {}): Promise<LiveAws> {
  const at = '2026-03-02T09:19:00+00:00';
  const policy = {
    policyArn: ADMIN,
    accessScope: { type: 'cluster', namespaces: [] },
    associatedAt: at,
    modifiedAt: at,
  };
  const accessEntries = Array.from({ length: count }, (_, number) => ({
    clusterName: 'payments',
    principalArn: `arn:aws:iam::111122223333:role/team-${number}`,
    kubernetesGroups: ['team'],
    createdAt: at,
    modifiedAt: at,
    type: 'STANDARD',
    associatedAccessPolicies: number < 2 ? [policy] : [],
  }));
  const folder = makeFolder({
    [`${FOLDER}/describe-cluster.json`]: JSON.stringify(CLUSTER),
    [`${FOLDER}/access-entries.json`]: JSON.stringify({ accessEntries }),
  });
  return openLiveAws({ folder, pageSizes: { default: 100 }, ...options });
}

async function read({ access, task, aws }: LiveAws) {
  const { items, failures } = await readAccessEntries(openEksPlace(access, PLACE, task));
  const listed = aws.calls.filter(({ name }) => name === 'eks:ListAssociatedAccessPolicies').length;
  const holders = items?.filter((entry) => (entry.associatedAccessPolicies ?? []).length > 0).length;
  const unread = items?.filter((entry) => entry.associatedAccessPolicies === undefined).length;
  return { entries: items?.length, holders, unread, failures: failures.length, listed };
}

describe('access entries', () => {
  test('are asked one by one for their policies where they are few', async () => {
    expect(await read(await openManyEntries(10))).toEqual({
      entries: 10,
      holders: 2,
      unread: 0,
      failures: 0,
      listed: 10,
    });
  });

  test('are asked policy by policy where they are many, and then only those that hold one', async () => {
    expect(await read(await openManyEntries(120))).toEqual({
      entries: 120,
      holders: 2,
      unread: 0,
      failures: 0,
      listed: 2,
    });
  });

  test('are asked one by one after all where it is not known who holds a policy', async () => {
    const many = await openManyEntries(120, { caller: { deny: ['eks:ListAccessPolicies'] } });

    expect(await read(many)).toEqual({ entries: 120, holders: 2, unread: 0, failures: 0, listed: 120 });
  });

  test('are kept without their policies where those are denied, and never shown as holding none', async () => {
    const denied = await openManyEntries(10, { caller: { deny: ['eks:ListAssociatedAccessPolicies'] } });

    expect(await read(denied)).toMatchObject({ entries: 10, holders: 0, unread: 10, failures: 10 });
  });
});
