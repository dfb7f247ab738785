import { describe, expect, it } from 'vitest';
import { listClusterWays } from '../../shared/access/self-grants.ts';
import type { Cluster } from '../../shared/model/eks.ts';
import type { IamRole, IamUser } from '../../shared/model/iam.ts';
import { cluster } from '../support/facts.ts';
import { allow, deny, iamRole, iamUser, policy } from '../support/iam.ts';

const CLUSTER_ARN = 'arn:aws:eks:eu-central-1:111122223333:cluster/payments';
const POLICY = 'arn:aws:eks::aws:cluster-access-policy';
const OWN_ENTRY = 'it has an access entry in the cluster';
const BOUND = 'a Kubernetes group or user that an access entry may name is bound to an admin role';
const BOTH = ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'];

function ways(
  statements: readonly object[],
  more: Partial<Cluster> = {},
  entity: IamUser | IamRole = iamUser('alice'),
) {
  const suspect = { ...entity, policies: [policy(...statements)] };
  return listClusterWays(suspect, { cluster: cluster(more), findOrganization: () => null }).map(
    ({ action, answer }) => [action, answer.decision, answer.condition],
  );
}

const ASSOCIATE = ['eks:AssociateAccessPolicy', 'yes', null];

describe('listClusterWays', () => {
  it('finds whoever may make an entry and give it an admin policy', () => {
    expect(ways([allow(BOTH)])).toEqual([ASSOCIATE]);
    expect(ways([allow(BOTH)], {}, iamRole('platform/deployer'))).toEqual([ASSOCIATE]);
  });

  it('asks for an entry where none may be made, and for a bound group where no policy may be given', () => {
    expect(ways([allow('eks:AssociateAccessPolicy')])).toEqual([
      ['eks:AssociateAccessPolicy', 'conditional', OWN_ENTRY],
    ]);
    expect(ways([allow('eks:CreateAccessEntry')])).toEqual([['eks:CreateAccessEntry', 'conditional', BOUND]]);
    expect(ways([allow('eks:UpdateAccessEntry')])).toEqual([
      ['eks:UpdateAccessEntry', 'conditional', `${OWN_ENTRY} and (${BOUND})`],
    ]);
  });

  it('knows the resources of the calls: the cluster for some, access entries for others', () => {
    const entries = 'arn:aws:eks:eu-central-1:111122223333:access-entry/payments/*';
    const exact = 'arn:aws:eks:eu-central-1:111122223333:access-entry/payments/user/111122223333/alice/0a1b2c3d';

    expect(ways([allow('eks:CreateAccessEntry', CLUSTER_ARN), allow('eks:AssociateAccessPolicy', entries)])).toEqual([
      ASSOCIATE,
    ]);
    expect(ways([allow('eks:AssociateAccessPolicy', CLUSTER_ARN)])).toEqual([]);
    expect(ways([allow('eks:AssociateAccessPolicy', exact)])).toEqual([
      ['eks:AssociateAccessPolicy', 'conditional', `the resource is ${exact} and ${OWN_ENTRY}`],
    ]);
    expect(ways([allow(BOTH, 'arn:aws:eks:*:*:*/ledger*')])).toEqual([]);
  });

  it.each([
    ['a policy that makes no admin', { ArnEquals: { 'eks:policyArn': `${POLICY}/AmazonEKSViewPolicy` } }, []],
    [
      'another policy that makes an admin',
      { ArnEquals: { 'eks:policyArn': `${POLICY}/AmazonEKSEditPolicy` } },
      [ASSOCIATE],
    ],
    ['namespace scope', { StringEquals: { 'eks:accessScope': 'namespace' } }, []],
    ['cluster scope', { StringEquals: { 'eks:accessScope': 'cluster' } }, [ASSOCIATE]],
  ])('respects the condition keys of AssociateAccessPolicy: %s', (_, condition, expected) => {
    const statements = [
      allow('eks:CreateAccessEntry'),
      allow('eks:AssociateAccessPolicy', '*', { Condition: condition }),
    ];

    expect(ways(statements).filter(([action]) => action === 'eks:AssociateAccessPolicy')).toEqual(expected);
  });

  it('sees that a guard-rail against one policy leaves the others, and one against all leaves groups', () => {
    const guard = (pattern: string) =>
      deny('eks:AssociateAccessPolicy', '*', { Condition: { ArnLike: { 'eks:policyArn': `${POLICY}/${pattern}` } } });

    expect(ways([allow(BOTH), guard('AmazonEKSClusterAdminPolicy')])).toEqual([ASSOCIATE]);
    expect(ways([allow(BOTH), guard('*')])).toEqual([['eks:CreateAccessEntry', 'conditional', BOUND]]);
  });

  it.each([
    [
      'an entry of somebody else',
      { ArnEquals: { 'eks:principalArn': 'arn:aws:iam::111122223333:user/bob' } },
      OWN_ENTRY,
    ],
    ['an entry of nodes', { StringEquals: { 'eks:accessEntryType': 'EC2_LINUX' } }, OWN_ENTRY],
    ['no groups but these', { 'ForAllValues:StringEquals': { 'eks:kubernetesGroups': ['viewers'] } }, null],
    [
      'a group of these',
      { 'ForAnyValue:StringEquals': { 'eks:kubernetesGroups': ['viewers'] } },
      'a value of eks:kubernetesGroups is viewers',
    ],
  ])('respects the condition keys of CreateAccessEntry: %s', (_, condition, expected) => {
    const statements = [
      allow('eks:AssociateAccessPolicy'),
      allow('eks:CreateAccessEntry', '*', { Condition: condition }),
    ];

    expect(ways(statements)[0]?.[2]).toBe(expected);
  });

  it('knows the region of the call and the tags of the cluster', () => {
    const here = { Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } } };
    const tagged = { Condition: { StringEquals: { 'aws:ResourceTag/team': 'payments' } } };

    expect(ways([allow(BOTH, '*', here)])).toEqual([ASSOCIATE]);
    expect(ways([allow('eks:CreateAccessEntry', CLUSTER_ARN, tagged)])).toEqual([]);
    expect(ways([allow('eks:CreateAccessEntry', CLUSTER_ARN, tagged)], { tags: { team: 'payments' } })).toHaveLength(1);
  });

  it('asks for the change of mode first where only aws-auth counts', () => {
    const mode = { authenticationMode: 'CONFIG_MAP' } as const;
    const afterwards = 'it may also call eks:CreateAccessEntry and eks:AssociateAccessPolicy once the mode has changed';

    expect(ways([allow(BOTH)], mode)).toEqual([]);
    expect(ways([allow([...BOTH, 'eks:UpdateClusterConfig'])], mode)).toEqual([
      ['eks:UpdateClusterConfig', 'yes', null],
    ]);
    expect(ways([allow('eks:UpdateClusterConfig')], mode)).toEqual([
      ['eks:UpdateClusterConfig', 'conditional', afterwards],
    ]);
    expect(ways([allow('eks:UpdateClusterConfig')])).toEqual([]);
  });

  it('respects eks:authenticationMode', () => {
    const mode = { authenticationMode: 'CONFIG_MAP' } as const;
    const to = (value: string) =>
      allow('eks:UpdateClusterConfig', '*', { Condition: { StringEquals: { 'eks:authenticationMode': value } } });

    expect(ways([to('CONFIG_MAP')], mode)).toEqual([]);
    expect(ways([to('API')], mode)).toHaveLength(1);
  });

  it('makes every entry way depend on the mode where it was not read', () => {
    expect(ways([allow(BOTH)], { authenticationMode: null })).toEqual([
      ['eks:AssociateAccessPolicy', 'conditional', 'the authentication mode, which was not read, includes API'],
    ]);
  });

  it('finds whoever may add an identity provider, in every mode', () => {
    for (const authenticationMode of ['CONFIG_MAP', 'API'] as const) {
      expect(ways([allow('eks:AssociateIdentityProviderConfig')], { authenticationMode })).toEqual([
        [
          'eks:AssociateIdentityProviderConfig',
          'conditional',
          'a Kubernetes group or user that an identity provider may name is bound to an admin role',
        ],
      ]);
    }
  });
});
