import { describe, expect, it } from 'vitest';
import { parseAccessEntries } from '../../shared/evidence/access-entries.ts';
import { clusterText } from '../support/cluster-text.ts';

const ROLE = 'arn:aws:iam::111122223333:role/platform/admins';
const ADMIN_POLICY = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';

function parse(content: unknown) {
  return parseAccessEntries(clusterText('access-entries.json', content));
}

function entry(fields: Readonly<Record<string, unknown>> = {}) {
  return { principalArn: ROLE, type: 'STANDARD', username: 'admin', associatedAccessPolicies: [], ...fields };
}

describe('parseAccessEntries', () => {
  it('reads an entry with its policies', () => {
    const { records, skips } = parse({
      accessEntries: [
        {
          clusterName: 'payments',
          principalArn: ROLE,
          kubernetesGroups: ['viewers'],
          accessEntryArn: 'arn:aws:eks:eu-west-1:111122223333:access-entry/payments/role/111122223333/admins/0a',
          createdAt: '2026-03-01T10:00:00.123000+01:00',
          modifiedAt: 1772352000,
          tags: { owner: 'platform' },
          username: 'arn:aws:sts::111122223333:assumed-role/admins/{{SessionName}}',
          type: 'STANDARD',
          associatedAccessPolicies: [
            {
              policyArn: ADMIN_POLICY,
              accessScope: { type: 'namespace', namespaces: ['dev-*', 'test'] },
              associatedAt: '2026-03-01T10:00:05Z',
              modifiedAt: '2026-03-02T10:00:05Z',
            },
          ],
        },
      ],
    });

    expect(skips).toEqual([]);
    expect(records).toEqual([
      {
        principal: {
          arn: ROLE,
          type: 'role',
          partition: 'aws',
          account: '111122223333',
          name: 'admins',
          path: '/platform/',
          uniqueId: null,
        },
        type: 'STANDARD',
        username: 'arn:aws:sts::111122223333:assumed-role/admins/{{SessionName}}',
        groups: ['viewers'],
        policies: [
          {
            policyArn: ADMIN_POLICY,
            name: 'AmazonEKSClusterAdminPolicy',
            scope: { type: 'namespace', namespaces: ['dev-*', 'test'] },
            associatedAt: '2026-03-01T10:00:05Z',
            modifiedAt: '2026-03-02T10:00:05Z',
          },
        ],
        createdAt: '2026-03-01T09:00:00.123Z',
        modifiedAt: '2026-03-01T08:00:00Z',
        tags: { owner: 'platform' },
        evidence: {
          source: 'eks-api',
          id: ROLE,
          at: '2026-03-01T09:00:00.123Z',
          file: 'access-entries.json',
          line: 3,
        },
      },
    ]);
  });

  it('reads the two outputs of one principal put into one object', () => {
    const policy = { policyArn: ADMIN_POLICY, accessScope: { type: 'cluster', namespaces: [] } };

    const { records, skips } = parse({
      accessEntry: { principalArn: ROLE, type: 'STANDARD', username: 'admin' },
      associatedAccessPolicies: [policy],
    });

    expect(records).toMatchObject([{ username: 'admin', policies: [{ scope: { type: 'cluster' } }] }]);
    expect(skips).toEqual([]);
  });

  it.each([
    ['a role', ROLE, 'arn:aws:sts::111122223333:assumed-role/admins/{{SessionName}}'],
    ['a user', 'arn:aws:iam::111122223333:user/alice', 'arn:aws:iam::111122223333:user/alice'],
  ])('gives %s without a username the one that EKS gives', (_name, principalArn, username) => {
    expect(parse([entry({ principalArn, username: undefined })]).records).toMatchObject([{ username }]);
  });

  it('says that the policies of an entry were not read, and keeps the entry', () => {
    const { records, skips } = parse([entry({ associatedAccessPolicies: undefined })]);

    expect(records).toMatchObject([{ username: 'admin', policies: [] }]);
    expect(skips).toMatchObject([
      { reason: 'no associatedAccessPolicies beside the entry: its policies were not read', count: 1 },
    ]);
  });

  it('asks for no policies of a node entry', () => {
    const { skips } = parse([entry({ type: 'EC2_LINUX', associatedAccessPolicies: undefined })]);

    expect(skips).toEqual([]);
  });

  it('takes a scope that it does not understand as the whole cluster, and says so', () => {
    const { records, skips } = parse([
      entry({ associatedAccessPolicies: [{ policyArn: ADMIN_POLICY, accessScope: { type: 'label' } }] }),
    ]);

    expect(records[0]?.policies).toMatchObject([{ policyArn: ADMIN_POLICY, scope: { type: 'cluster' } }]);
    expect(skips).toMatchObject([
      { reason: 'an access scope that was not understood, taken as the whole cluster', count: 1 },
    ]);
  });

  it('keeps one entry of a principal and counts the second', () => {
    const { records, skips } = parse([entry(), entry({ username: 'other' })]);

    expect(records).toMatchObject([{ username: 'admin' }]);
    expect(skips).toMatchObject([{ reason: 'a second access entry of one principal', count: 1 }]);
  });

  it('counts entries and policies without an ARN', () => {
    const { records, skips } = parse([{ username: 'x' }, entry({ associatedAccessPolicies: [{ policyName: 'x' }] })]);

    expect(records).toHaveLength(1);
    expect(skips.map(({ reason, count }) => [reason, count])).toEqual([
      ['an access entry without principalArn', 1],
      ['an associated policy without policyArn', 1],
    ]);
  });

  it('counts the bare ARNs of list-access-entries', () => {
    expect(parse({ accessEntries: [ROLE, 'arn:aws:iam::111122223333:user/alice'] })).toMatchObject({
      records: [],
      skips: [{ reason: 'lists names only: aws eks describe-access-entry prints the rest', count: 2, sample: ROLE }],
    });
  });
});
