/** Random clusters with aws-auth: few names, so that rows, entries, bindings and IAM meet in every way. */
import fc from 'fast-check';
import { findAccessPolicy } from '../../shared/rules/access-policies.ts';
import {
  ACCOUNT,
  type MigrationWorld,
  OTHER_ACCOUNT,
  type WorldBinding,
  type WorldEntry,
  type WorldRow,
  writeRows,
} from './migration-world.ts';
import { rules } from './rules.ts';

const role = (name: string, account = ACCOUNT): string => `arn:aws:iam::${account}:role/${name}`;
const user = (name: string): string => `arn:aws:iam::${ACCOUNT}:user/${name}`;

/** As IAM has them. */
const PRINCIPALS = [
  ...['dev', 'ops', 'build', 'nodes', 'spot', 'pods', 'team/deploy', 'pipeline'].map((name) => role(name)),
  ...['alice', 'team/bob'].map(user),
];

/** Of no row. */
export const FOUNDER = role('founder');

/** As rows name them, some in ways that never match. */
const ROW_ARNS = [
  ...PRINCIPALS,
  ...[role('deploy'), role('DEV'), user('bob'), role('gone'), role('central', OTHER_ACCOUNT)],
  ...[role('aws-service-role/eks.amazonaws.com/AWSServiceRoleForEKS'), role('AWSServiceRoleForEKS')],
  ...[`arn:aws:iam::${ACCOUNT}:root`, `arn:aws:sts::${ACCOUNT}:assumed-role/dev/x`],
  `arn:aws:sts::${ACCOUNT}:federated-user/carol`,
];

const USERNAMES = [
  ...['dev', 'alice', 'kubernetes-admin', '', 'eks:thing', 'system:foo', 'system:serviceaccount:payments:web'],
  ...['dev:{{SessionName}}', 'x:{{SessionNameRaw}}', '{{SessionName}}', '{{AccountID}}:ops', '{{AccessKeyID}}'],
  ...['system:node:{{EC2PrivateDNSName}}', 'system:node:{{SessionName}}', `{{AccountID}}:{{SessionName}}`],
];

const GROUPS = [
  ...['viewers', 'editors', 'system:masters', 'system:nodes', 'system:bootstrappers', 'system:node-proxier'],
  ...['eks:kube-proxy-windows', 'system:monitoring', 'system:readers', 'system:authenticated'],
  ...['system:unauthenticated', 'team-{{SessionName}}', 'team-{{AccountID}}'],
];

const BOUND_USERS = [
  ...['dev', 'alice', 'dev:alice', 'x:bob', `${ACCOUNT}:ops`, `${ACCOUNT}:alice`, 'system:foo', 'eks:thing'],
  ...[`arn:aws:sts::${ACCOUNT}:assumed-role/dev/alice`, user('alice'), 'system:node:ip-192-0-2-1', 'kubernetes-admin'],
];

const NODE_IDENTITIES = [
  { username: 'system:node:{{EC2PrivateDNSName}}', groups: ['system:bootstrappers', 'system:nodes'] },
  { username: 'system:node:{{EC2PrivateDNSName}}', groups: ['system:nodes', 'eks:kube-proxy-windows'] },
  {
    username: 'system:node:{{SessionName}}',
    groups: ['system:bootstrappers', 'system:nodes', 'system:node-proxier'],
  },
];

const identity = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      username: fc.constantFrom(...USERNAMES),
      groups: fc.uniqueArray(fc.constantFrom(...GROUPS), { maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom(...NODE_IDENTITIES) },
);

const row: fc.Arbitrary<WorldRow> = fc
  .record({ arn: fc.constantFrom(...ROW_ARNS), identity })
  .map(({ arn, identity: { username, groups } }) => ({ arn, username, groups }));

const PROFILES = ['AmazonEKSViewPolicy', 'AmazonEKSClusterAdminPolicy', 'AmazonEKSQuantumPolicy'];

const policy = fc
  .record({ name: fc.constantFrom(...PROFILES), namespaces: fc.subarray(['payments', 'dev-*', '*']) })
  .map(({ name, namespaces }) => ({
    policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
    accessScope: { type: namespaces.length === 0 ? 'cluster' : 'namespace', namespaces },
  }));

const entry: fc.Arbitrary<WorldEntry> = fc.record({
  principalArn: fc.constantFrom(...PRINCIPALS, role('gone')),
  type: fc.constantFrom('STANDARD', 'STANDARD', 'EC2_LINUX'),
  username: fc.constantFrom('dev', 'entry:{{SessionName}}', 'alice'),
  kubernetesGroups: fc.subarray(['viewers', 'editors']),
  // Between the two the principal may have been made again.
  createdAt: fc.constantFrom('2026-04-01T00:00:00Z', '2026-08-01T00:00:00Z'),
  policies: fc.uniqueArray(policy, { maxLength: 2, selector: ({ policyArn }) => policyArn }),
});

const NAMESPACES = ['payments', 'kube-system', 'dev-1'];

const subject = fc.oneof(
  fc.record({ kind: fc.constant('User'), name: fc.constantFrom(...BOUND_USERS) }),
  fc.record({
    kind: fc.constant('Group'),
    name: fc.constantFrom(...GROUPS, 'team-alice', `team-${ACCOUNT}`, 'from-aws-auth:system-readers'),
  }),
  fc.constant({ kind: 'ServiceAccount', name: 'web', namespace: 'payments' }),
);

const ROLE_NAMES = ['view', 'edit', 'admin', 'cluster-admin', 'reader', 'writer', 'missing'];

const bindings: fc.Arbitrary<readonly WorldBinding[]> = fc
  .array(
    fc.record({
      namespace: fc.option(fc.constantFrom(...NAMESPACES)),
      role: fc.constantFrom(...ROLE_NAMES),
      subjects: fc.array(subject, { minLength: 1, maxLength: 2 }),
    }),
    { maxLength: 8 },
  )
  .map((list) =>
    list.map(({ namespace, role: name, subjects }, index) => ({
      ...{ namespace, subjects, name: `binding-${index}` },
      kind: namespace === null ? 'ClusterRoleBinding' : 'RoleBinding',
      role: { kind: 'ClusterRole', name },
    })),
  );

const READER = rules('get,list | core | pods,secrets', 'get | /metrics');
const WRITER = rules('create,update | core | configmaps | aws-auth', '* | apps | */scale', 'get | * | *');

/** With the rules of the policy of the same name, or with others. */
const roles = fc.record({ isSame: fc.boolean() }).map(({ isSame }) => [
  ...[
    ['view', 'AmazonEKSViewPolicy'],
    ['edit', 'AmazonEKSEditPolicy'],
    ['admin', 'AmazonEKSAdminPolicy'],
  ].map(([name = '', like = '']) => ({ name, rules: isSame ? (findAccessPolicy(like)?.rules ?? []) : READER })),
  { name: 'cluster-admin', rules: rules('* | * | *', '* | *') },
  { name: 'reader', rules: READER },
  { name: 'writer', rules: WRITER },
]);

const data = fc.record({
  mapRoles: fc.array(row, { maxLength: 6 }).map((list) => writeRows('rolearn', list)),
  mapUsers: fc.oneof(
    { weight: 6, arbitrary: fc.array(row, { maxLength: 2 }).map((list) => writeRows('userarn', list)) },
    { weight: 1, arbitrary: fc.constant('- userarn: [') },
  ),
  mapAccounts: fc.oneof(
    { weight: 5, arbitrary: fc.constant('[]') },
    { weight: 1, arbitrary: fc.constant(`["${OTHER_ACCOUNT}"]`) },
  ),
});

export const arbitraryCluster: fc.Arbitrary<MigrationWorld> = fc
  .record({
    mode: fc.constantFrom('CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'),
    hasStrays: fc.integer({ min: 0, max: 9 }),
    entries: fc.uniqueArray(entry, { maxLength: 4, selector: ({ principalArn }) => principalArn }),
    ...{ data, roles, bindings },
    principals: fc.subarray(PRINCIPALS, { minLength: 7 }),
    isRecreated: fc.boolean(),
    managed: fc.subarray([role('nodes'), role('spot')]),
    fargateRoles: fc.subarray([role('pods')]),
    // Of a creator whom no record names, nothing else may show either.
    creator: fc.constantFrom(
      ...[role('pipeline'), role('dev'), user('alice'), role('gone')].map((arn) => ({ arn, isRecorded: true })),
      { arn: FOUNDER, isRecorded: false },
    ),
  })
  .map(({ hasStrays, entries, managed, isRecreated, principals, ...world }) => ({
    ...world,
    // CONFIG_MAP shows no entries, unless a folder was put together from two readings.
    entries: world.mode === 'CONFIG_MAP' && hasStrays > 0 ? [] : entries,
    nodeRoles: managed,
    principals: [...principals, FOUNDER].map((arn) => ({
      arn,
      createdAt: isRecreated && arn.endsWith('build') ? '2026-06-01T00:00:00Z' : '2026-01-01T00:00:00Z',
    })),
  }));
