/** Ways to gain admin by what IAM is told alone: the role admins trusts its account, and somebody gets the rest. */
import { alertEstate, CLUSTER_ARN, READ_AT, trust } from './alert-estate.ts';
import { type BusEvent, call } from './cloudtrail-events.ts';
import { CLUSTER } from './small-estate.ts';
import type { WayToAdmin } from './ways-to-admin.ts';

const at = (minute: number): string => `2026-11-21T08:${String(minute).padStart(2, '0')}:00Z`;
const ACCOUNT = 'arn:aws:iam::111122223333';
const NEWCOMER = `${ACCOUNT}:role/newcomer`;
const ALICE = `${ACCOUNT}:user/alice`;
const MALLORY = `${ACCOUNT}:user/mallory`;
const POLICY = `${ACCOUNT}:policy/team`;
const PEOPLE = 'admin-people-grew';
const SELF_GRANT = 'iam-can-self-grant-admin';

const allow = (...actions: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
});
const HARMLESS = allow('s3:ListAllMyBuckets');
const ASSUME = allow('sts:AssumeRole');

const iam = (name: string, minute: number, request: object, response: object = {}): BusEvent =>
  call({ name, service: 'iam', at: at(minute), request: { ...request }, response: { ...response } });

const puts = (policy: object, minute = 0): BusEvent =>
  iam('PutRolePolicy', minute, { roleName: 'newcomer', policyName: 'own', policyDocument: JSON.stringify(policy) });

const attaches = (policyArn: string, minute = 0): BusEvent =>
  iam('AttachRolePolicy', minute, { roleName: 'newcomer', policyArn });

/** `newcomer` may hold the policy `team`, whose versions are these; the user alice is in no group. */
function estate(given: { readonly versions?: readonly object[]; readonly newcomer?: object; readonly group?: object }) {
  const files = alertEstate({
    roles: {
      admins: { AssumeRolePolicyDocument: trust(`${ACCOUNT}:root`) },
      newcomer: { AssumeRolePolicyDocument: trust('ec2.amazonaws.com'), ...given.newcomer },
    },
  });
  const file = '111122223333/iam.json';
  const versions = given.versions ?? [];
  const details = {
    ...JSON.parse(String(files[file])),
    UserDetailList: [{ UserName: 'alice', Arn: ALICE, UserId: 'AIDAEXAMPLEALICE00001', GroupList: [] }],
    GroupDetailList: [
      {
        GroupName: 'team',
        Arn: `${ACCOUNT}:group/team`,
        GroupPolicyList: [],
        AttachedManagedPolicies: [],
        ...given.group,
      },
    ],
    Policies:
      versions.length === 0
        ? []
        : [
            {
              PolicyName: 'team',
              Arn: POLICY,
              DefaultVersionId: `v${versions.length}`,
              PolicyVersionList: versions.map((Document, index) => ({
                Document,
                VersionId: `v${index + 1}`,
                IsDefaultVersion: index === versions.length - 1,
              })),
            },
          ],
  };
  return { ...files, [file]: JSON.stringify(details) };
}

const HOLDS_TEAM = { AttachedManagedPolicies: [{ PolicyName: 'team', PolicyArn: POLICY }] };
const grown = (subject: string, cause: string): WayToAdmin['found'] => [[PEOPLE, `iam:${subject}`, cause]];

/** aws-auth puts the user ghost into system:masters, whom nobody has any more; the last audit saw it so. */
function estateWithGhost() {
  const rows = '- userarn: arn:aws:iam::111122223333:user/ghost\n  username: ghost\n  groups: [system:masters]\n';
  const metadata = { name: 'aws-auth', namespace: 'kube-system' };
  const lastGoodAwsAuth = [{ clusterArn: CLUSTER_ARN, at: READ_AT, data: { mapUsers: rows } }];
  return {
    ...estate({}),
    [`${CLUSTER}/aws-auth.yaml`]: JSON.stringify({ kind: 'ConfigMap', metadata, data: { mapUsers: rows } }),
    'state.json': JSON.stringify({ schema: 'keyholder.state/v1', lastGoodAwsAuth }),
  };
}

export const WAYS_OF_IAM: readonly WayToAdmin[] = [
  {
    name: 'a policy put on a role',
    before: estate({}),
    events: [puts(ASSUME)],
    found: grown(NEWCOMER, 'PutRolePolicy'),
  },
  {
    name: 'a policy put on a role after one that gives nothing',
    before: estate({}),
    events: [puts(HARMLESS), puts(ASSUME, 1)],
    found: grown(NEWCOMER, 'PutRolePolicy'),
  },
  {
    name: 'a policy that was read, attached',
    before: estate({ versions: [ASSUME] }),
    events: [attaches(POLICY)],
    found: grown(NEWCOMER, 'AttachRolePolicy'),
  },
  {
    name: 'a policy created, then attached',
    before: estate({}),
    events: [
      iam(
        'CreatePolicy',
        0,
        { policyName: 'team', policyDocument: JSON.stringify(ASSUME) },
        { policy: { arn: POLICY } },
      ),
      attaches(POLICY, 1),
    ],
    found: grown(NEWCOMER, 'AttachRolePolicy'),
  },
  {
    name: 'a new default version of a policy that is held',
    before: estate({ versions: [HARMLESS], newcomer: HOLDS_TEAM }),
    events: [
      iam(
        'CreatePolicyVersion',
        0,
        { policyArn: POLICY, policyDocument: JSON.stringify(ASSUME), setAsDefault: true },
        { policyVersion: { versionId: 'v2', isDefaultVersion: true } },
      ),
    ],
    found: grown(NEWCOMER, 'CreatePolicyVersion'),
  },
  {
    name: 'a version made, then made the default',
    before: estate({ versions: [HARMLESS], newcomer: HOLDS_TEAM }),
    events: [
      iam(
        'CreatePolicyVersion',
        0,
        { policyArn: POLICY, policyDocument: JSON.stringify(ASSUME), setAsDefault: false },
        { policyVersion: { versionId: 'v2', isDefaultVersion: false } },
      ),
      iam('SetDefaultPolicyVersion', 1, { policyArn: POLICY, versionId: 'v2' }),
    ],
    found: grown(NEWCOMER, 'SetDefaultPolicyVersion'),
  },
  {
    name: 'an older version of a policy made the default',
    before: estate({ versions: [ASSUME, HARMLESS], newcomer: HOLDS_TEAM }),
    events: [iam('SetDefaultPolicyVersion', 0, { policyArn: POLICY, versionId: 'v1' })],
    found: grown(NEWCOMER, 'SetDefaultPolicyVersion'),
  },
  {
    name: 'a user put into a group',
    before: estate({ group: { GroupPolicyList: [{ PolicyName: 'own', PolicyDocument: ASSUME }] } }),
    events: [iam('AddUserToGroup', 0, { groupName: 'team', userName: 'alice' })],
    found: grown(ALICE, 'AddUserToGroup'),
  },
  {
    name: 'a user put into a group that is given a policy',
    before: estate({}),
    events: [
      iam('AddUserToGroup', 0, { groupName: 'team', userName: 'alice' }),
      iam('PutGroupPolicy', 1, { groupName: 'team', policyName: 'own', policyDocument: JSON.stringify(ASSUME) }),
    ],
    found: grown(ALICE, 'PutGroupPolicy'),
  },
  {
    name: 'a policy attached to a group',
    before: estate({ versions: [ASSUME] }),
    events: [
      iam('AddUserToGroup', 0, { groupName: 'team', userName: 'alice' }),
      iam('AttachGroupPolicy', 1, { groupName: 'team', policyArn: POLICY }),
    ],
    found: grown(ALICE, 'AttachGroupPolicy'),
  },
  {
    name: 'a permissions boundary taken away',
    before: estate({
      versions: [HARMLESS],
      newcomer: {
        RolePolicyList: [{ PolicyName: 'own', PolicyDocument: ASSUME }],
        PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: POLICY },
      },
    }),
    events: [iam('DeleteRolePermissionsBoundary', 0, { roleName: 'newcomer' })],
    found: grown(NEWCOMER, 'DeleteRolePermissionsBoundary'),
  },
  {
    name: 'a policy by which a role makes itself admin',
    before: estate({}),
    events: [puts(allow('eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'))],
    found: [[SELF_GRANT, `iam:${NEWCOMER}`, 'PutRolePolicy']],
  },
  {
    name: 'a policy by which a role changes who assumes an admin',
    before: estate({}),
    events: [puts(allow('iam:UpdateAssumeRolePolicy'))],
    found: [[SELF_GRANT, `iam:${NEWCOMER}`, 'PutRolePolicy']],
  },
  {
    name: 'everything attached to a role',
    before: estate({}),
    events: [attaches('arn:aws:iam::aws:policy/AdministratorAccess')],
    found: grown(NEWCOMER, 'AttachRolePolicy'),
  },
  {
    name: 'a policy put on a user who was made since',
    before: estate({}),
    events: [
      iam('CreateUser', 0, { userName: 'mallory' }, { user: { arn: MALLORY, userId: 'AIDAEXAMPLEMALLORY001' } }),
      iam('PutUserPolicy', 1, { userName: 'mallory', policyName: 'own', policyDocument: JSON.stringify(ASSUME) }),
    ],
    found: grown(MALLORY, 'PutUserPolicy'),
  },
  {
    name: 'a policy put on a role that others can become',
    before: estate({ newcomer: { AssumeRolePolicyDocument: trust(`${ACCOUNT}:role/deployer`) } }),
    events: [puts(ASSUME)],
    found: grown(NEWCOMER, 'PutRolePolicy'),
  },
  {
    name: 'a user who takes a name that aws-auth still maps',
    before: estateWithGhost(),
    events: [
      iam('UpdateUser', 0, { userName: 'alice', newPath: '/team/' }),
      iam('UpdateUser', 1, { userName: 'alice', newUserName: 'ghost' }),
    ],
    found: [['mapped-principal-recreated', `iam:${ACCOUNT}:user/ghost`, 'UpdateUser']],
  },
  {
    name: 'a policy put on a role, which then lets somebody in',
    before: estate({}),
    events: [
      puts(ASSUME),
      iam('UpdateAssumeRolePolicy', 1, { roleName: 'newcomer', policyDocument: JSON.stringify(trust(ALICE)) }),
    ],
    found: [
      [PEOPLE, `iam:${NEWCOMER}`, 'PutRolePolicy'],
      [PEOPLE, `iam:${ALICE}`, 'UpdateAssumeRolePolicy'],
    ],
  },
];
