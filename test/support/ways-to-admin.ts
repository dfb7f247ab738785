/** Every way to gain admin of a cluster that events show: what stood before, what happens, and what is to be found. */
import { alertEstate, awsAuth, clusterRole, clusterRoleBinding, EVERYTHING, PODS, trust } from './alert-estate.ts';
import { type BusEvent, call, write } from './cloudtrail-events.ts';
import type { MemoryFiles } from './memory-readers.ts';

export interface WayToAdmin {
  readonly name: string;
  readonly before: MemoryFiles;
  readonly events: readonly BusEvent[];
  /** Detection, subject, and the event that brought it to light. */
  readonly found: readonly (readonly [detection: string, subject: string, cause: string])[];
}

const at = (minute: number): string => `2026-11-21T08:${String(minute).padStart(2, '0')}:00Z`;
const ROLE = 'arn:aws:iam::111122223333:role';
const NEWCOMER = `${ROLE}/newcomer`;
const ADMIN_POLICY = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';

const makesEntry = (request: Readonly<Record<string, unknown>> = {}): BusEvent =>
  call({ name: 'CreateAccessEntry', at: at(0), request: { principalArn: NEWCOMER, type: 'STANDARD', ...request } });

const mapped = (groups: readonly string[]) => [{ role: 'mapped', username: 'mapped', groups }];
const writesAwsAuth = (verb: 'update' | 'patch', minute = 0): BusEvent =>
  write({
    verb,
    at: at(minute),
    resource: 'configmaps',
    name: 'aws-auth',
    namespace: 'kube-system',
    body: awsAuth(mapped(['system:masters'])),
  });
const binds = (verb: 'create' | 'patch', name: string, role: string, minute = 0): BusEvent =>
  write({
    verb,
    at: at(minute),
    resource: 'clusterrolebindings',
    name,
    body: clusterRoleBinding(name, role, [['User', 'mallory']]),
  });

export const WAYS: readonly WayToAdmin[] = [
  {
    name: 'a policy at cluster scope',
    before: alertEstate({}),
    events: [
      makesEntry(),
      call({
        name: 'AssociateAccessPolicy',
        at: at(1),
        request: { principalArn: NEWCOMER, policyArn: ADMIN_POLICY, accessScope: { type: 'cluster' } },
      }),
    ],
    found: [['admin-policy-at-cluster-scope', `iam:${NEWCOMER}`, 'AssociateAccessPolicy']],
  },
  {
    name: 'a group that is bound to admin',
    before: alertEstate({
      rbac: [
        clusterRoleBinding('team', 'cluster-admin', [['Group', 'team-admins']]),
        clusterRole('cluster-admin', EVERYTHING),
      ],
    }),
    events: [
      makesEntry(),
      call({
        name: 'UpdateAccessEntry',
        at: at(1),
        request: { principalArn: NEWCOMER, kubernetesGroups: ['team-admins'] },
      }),
    ],
    found: [['access-entry-group-is-admin', `iam:${NEWCOMER}`, 'UpdateAccessEntry']],
  },
  {
    name: 'a username that is bound to admin',
    before: alertEstate({
      rbac: [
        clusterRoleBinding('team', 'cluster-admin', [['User', 'root-of-all']]),
        clusterRole('cluster-admin', EVERYTHING),
      ],
    }),
    events: [
      makesEntry(),
      call({ name: 'UpdateAccessEntry', at: at(1), request: { principalArn: NEWCOMER, username: 'root-of-all' } }),
    ],
    found: [['access-entry-username-collision', `iam:${NEWCOMER}`, 'UpdateAccessEntry']],
  },
  {
    name: 'aws-auth updated',
    before: alertEstate({ rows: mapped(['viewers']) }),
    events: [writesAwsAuth('update')],
    found: [['system-masters-mapping', `aws-auth:${ROLE}/mapped`, 'update configmaps']],
  },
  {
    name: 'aws-auth patched',
    before: alertEstate({ rows: mapped(['viewers']) }),
    events: [writesAwsAuth('patch')],
    found: [['system-masters-mapping', `aws-auth:${ROLE}/mapped`, 'patch configmaps']],
  },
  {
    name: 'aws-auth applied by the server',
    before: alertEstate({ rows: mapped(['viewers']) }),
    events: [
      write({
        verb: 'patch',
        at: at(0),
        resource: 'configmaps',
        name: 'aws-auth',
        namespace: 'kube-system',
        body: awsAuth(mapped(['viewers'])),
      }),
      write({
        verb: 'patch',
        at: at(1),
        resource: 'configmaps',
        name: 'aws-auth',
        namespace: 'kube-system',
        query: '?fieldManager=kubectl&fieldValidation=Strict',
        body: awsAuth(mapped(['system:masters'])),
      }),
    ],
    found: [['system-masters-mapping', `aws-auth:${ROLE}/mapped`, 'patch configmaps']],
  },
  {
    name: 'aws-auth deleted, then created',
    before: alertEstate({ rows: mapped(['viewers']) }),
    events: [
      write({ verb: 'delete', at: at(0), resource: 'configmaps', name: 'aws-auth', namespace: 'kube-system' }),
      write({ verb: 'create', at: at(1), resource: 'configmaps', name: 'aws-auth', namespace: 'kube-system' }),
    ],
    found: [
      ['aws-auth-created-unseen', 'aws-auth', 'create configmaps'],
      ['aws-auth-deleted', 'aws-auth', 'delete configmaps'],
    ],
  },
  {
    name: 'a ClusterRoleBinding created',
    before: alertEstate({ rbac: [clusterRole('cluster-admin', EVERYTHING)] }),
    events: [binds('create', 'backdoor', 'cluster-admin')],
    found: [['admin-cluster-role-binding', 'binding:ClusterRoleBinding/-/backdoor', 'create clusterrolebindings']],
  },
  {
    name: 'a binding patched',
    before: alertEstate({ rbac: [clusterRole('cluster-admin', EVERYTHING)] }),
    events: [
      write({
        verb: 'create',
        at: at(0),
        resource: 'clusterrolebindings',
        name: 'team',
        body: clusterRoleBinding('team', 'cluster-admin', []),
      }),
      binds('patch', 'team', 'cluster-admin', 1),
    ],
    found: [['admin-cluster-role-binding', 'binding:ClusterRoleBinding/-/team', 'patch clusterrolebindings']],
  },
  {
    name: 'a role changed under a binding',
    before: alertEstate({ rbac: [clusterRole('pods', PODS)] }),
    events: [
      binds('create', 'team', 'pods'),
      write({
        verb: 'update',
        at: at(1),
        resource: 'clusterroles',
        name: 'pods',
        body: clusterRole('pods', EVERYTHING),
      }),
    ],
    found: [
      ['admin-cluster-role-binding', 'binding:ClusterRoleBinding/-/team', 'update clusterroles'],
      ['wildcard-role', 'role:ClusterRole/-/pods', 'update clusterroles'],
    ],
  },
  {
    name: 'a label that aggregates',
    before: alertEstate({
      rbac: [
        clusterRole('gathered', [], {
          aggregationRule: { clusterRoleSelectors: [{ matchLabels: { gather: 'yes' } }] },
        }),
        clusterRole('everything', EVERYTHING),
      ],
    }),
    events: [
      binds('create', 'team', 'gathered'),
      write({
        verb: 'patch',
        at: at(1),
        resource: 'clusterroles',
        name: 'everything',
        body: clusterRole('everything', EVERYTHING, { labels: { gather: 'yes' } }),
      }),
    ],
    found: [
      ['admin-cluster-role-binding', 'binding:ClusterRoleBinding/-/team', 'patch clusterroles'],
      ['wildcard-role', 'role:ClusterRole/-/gathered', 'patch clusterroles'],
    ],
  },
  {
    name: 'a trust policy widened',
    before: alertEstate({}),
    events: [
      call({
        name: 'UpdateAssumeRolePolicy',
        service: 'iam',
        at: at(0),
        request: { roleName: 'admins', policyDocument: JSON.stringify(trust(NEWCOMER)) },
      }),
    ],
    found: [['admin-role-trust-changed', `iam:${ROLE}/admins`, 'UpdateAssumeRolePolicy']],
  },
  {
    name: 'a policy attached to a principal that may assume',
    before: alertEstate({ roles: { admins: { AssumeRolePolicyDocument: trust('arn:aws:iam::111122223333:root') } } }),
    events: [
      call({
        name: 'PutRolePolicy',
        service: 'iam',
        at: at(0),
        request: {
          roleName: 'newcomer',
          policyName: 'become-admin',
          policyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `${ROLE}/admins` }],
          }),
        },
      }),
    ],
    found: [['admin-people-grew', `iam:${NEWCOMER}`, 'PutRolePolicy']],
  },
  {
    name: 'a principal created again under a mapped ARN',
    before: alertEstate({ rows: mapped(['system:masters']) }),
    events: [
      call({ name: 'DeleteRole', service: 'iam', at: at(0), request: { roleName: 'mapped' } }),
      call({
        name: 'CreateRole',
        service: 'iam',
        at: at(1),
        request: { roleName: 'mapped', assumeRolePolicyDocument: JSON.stringify(trust(`${ROLE}/newcomer`)) },
        response: { role: { arn: `${ROLE}/mapped`, roleId: 'AROAEXAMPLEAGAIN00001', createDate: at(1) } },
      }),
    ],
    found: [
      ['admin-principal-deleted', `iam:${ROLE}/mapped`, 'DeleteRole'],
      ['aws-auth-orphaned-mapping', `aws-auth:${ROLE}/mapped`, 'DeleteRole'],
      ['mapped-principal-recreated', `iam:${ROLE}/mapped`, 'CreateRole'],
    ],
  },
  {
    name: 'the mode switched',
    before: alertEstate({ mode: 'CONFIG_MAP', entries: null }),
    events: [
      call({
        name: 'UpdateClusterConfig',
        at: at(0),
        request: { accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' } },
      }),
    ],
    found: [['authentication-mode', 'cluster', 'UpdateClusterConfig']],
  },
  {
    name: 'an identity provider added',
    before: alertEstate({}),
    events: [
      call({
        name: 'AssociateIdentityProviderConfig',
        at: at(0),
        request: { oidc: { identityProviderConfigName: 'own', issuerUrl: 'https://id.example.com', clientId: 'x' } },
      }),
    ],
    found: [['oidc-provider-changed', 'cluster', 'AssociateIdentityProviderConfig']],
  },
  {
    name: 'a capability created',
    before: alertEstate({}),
    events: [
      call({
        name: 'CreateCapability',
        at: at(0),
        request: { capabilityName: 'argo', type: 'ARGOCD', roleArn: NEWCOMER },
      }),
    ],
    found: [['capability-created', `iam:${NEWCOMER}`, 'CreateCapability']],
  },
];
