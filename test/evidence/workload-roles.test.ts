import { describe, expect, it } from 'vitest';
import { type ListedRoleKind, parseWorkloadRoles } from '../../shared/evidence/workload-roles.ts';
import { clusterText } from '../support/cluster-text.ts';

const ROLE = 'arn:aws:iam::111122223333:role/nodes';
const TARGET = 'arn:aws:iam::444455556666:role/target';

function parse(kind: ListedRoleKind, content: unknown) {
  const { records, skips } = parseWorkloadRoles(kind, clusterText('x.json', content));
  return { records, reasons: skips.map(({ reason, count }) => `${count} × ${reason}`) };
}

describe('parseWorkloadRoles', () => {
  it.each<[ListedRoleKind, unknown, string]>([
    ['node-group', { nodegroup: { nodegroupName: 'blue', nodeRole: ROLE } }, 'blue'],
    ['fargate-profile', { fargateProfile: { fargateProfileName: 'jobs', podExecutionRoleArn: ROLE } }, 'jobs'],
    [
      'pod-identity',
      { association: { namespace: 'kube-system', serviceAccount: 'dns', roleArn: ROLE } },
      'kube-system/dns',
    ],
    ['capability', { capability: { capabilityName: 'argocd', type: 'ARGOCD', roleArn: ROLE } }, 'argocd'],
  ])('reads the role of a %s', (kind, content, name) => {
    expect(parse(kind, content)).toEqual({
      records: [
        {
          kind,
          name,
          roleArn: ROLE,
          evidence: { source: 'eks-api', id: name, at: null, file: 'x.json', line: 2 },
        },
      ],
      reasons: [],
    });
  });

  it('reads both roles of a pod identity that assumes a second one', () => {
    const { records } = parse('pod-identity', [
      { namespace: 'a', serviceAccount: 'b', roleArn: ROLE, targetRoleArn: TARGET },
    ]);

    expect(records.map(({ roleArn }) => roleArn)).toEqual([ROLE, TARGET]);
  });

  it.each<[ListedRoleKind, unknown, string]>([
    [
      'node-group',
      { nodegroups: ['blue', 'green'] },
      '2 × lists names only: aws eks describe-nodegroup prints the rest',
    ],
    [
      'fargate-profile',
      { fargateProfileNames: ['jobs'] },
      '1 × lists names only: aws eks describe-fargate-profile prints the rest',
    ],
    [
      'pod-identity',
      { associations: [{ namespace: 'a', serviceAccount: 'b', associationId: 'a-1' }] },
      '1 × lists names only: aws eks describe-pod-identity-association prints the rest',
    ],
    [
      'capability',
      { capabilities: [{ capabilityName: 'argocd' }] },
      '1 × lists names only: aws eks describe-capability prints the rest',
    ],
  ])('counts the names of a %s list', (kind, content, reason) => {
    expect(parse(kind, content)).toEqual({ records: [], reasons: [reason] });
  });

  it('counts a role that is no ARN, and an object without a name', () => {
    expect(parse('node-group', [{ nodegroupName: 'blue', nodeRole: 'nodes' }, { nodeRole: ROLE }])).toEqual({
      records: [],
      reasons: ['1 × expected a role ARN', '1 × expected the output of aws eks describe-nodegroup'],
    });
  });

  it('knows an empty list as nothing to read', () => {
    expect(parse('capability', { capabilities: [] })).toEqual({ records: [], reasons: [] });
  });
});
