import { describe, expect, test } from 'vitest';
import type { AccessQuestion } from '../../shared/explain/explain-access.ts';
import { explainInCluster } from '../../shared/pipeline/explain.ts';
import { memoryReaders } from '../support/memory-readers.ts';
import { mendFiles } from '../support/mended-folder.ts';

const ACCOUNT = '111122223333';
const HERE = `${ACCOUNT}/eu-central-1/payments`;
const DEV = `arn:aws:iam::${ACCOUNT}:role/team/dev`;
const STS = `arn:aws:iam::${ACCOUNT}:role/dev`;
const HOSTILE = `a'b"; $(touch x) \`id\` #`;

const role = (arn: string) => ({
  Path: '/team/',
  RoleName: 'dev',
  Arn: arn,
  CreateDate: '2026-03-10T10:00:00Z',
  AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
});
const entry = (more: object) => ({
  principalArn: DEV,
  type: 'STANDARD',
  kubernetesGroups: [],
  createdAt: '2026-04-01T08:00:00Z',
  associatedAccessPolicies: [],
  ...more,
});
const VIEW_SHOP = {
  policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
  accessScope: { type: 'namespace', namespaces: ['shop'] },
};
const CREATED = {
  eventTime: '2026-03-02T09:15:05Z',
  eventSource: 'eks.amazonaws.com',
  eventName: 'CreateCluster',
  awsRegion: 'eu-central-1',
  userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${ACCOUNT}:user/alice`, accountId: ACCOUNT, userName: 'alice' },
  requestParameters: { name: 'payments' },
};

interface World {
  readonly mode?: string;
  readonly entries?: readonly object[];
  /** What stands below `data`, down to the rows of mapRoles. */
  readonly awsAuth?: string;
}

function makeFiles({ mode = 'API', entries = [], awsAuth = '  mapRoles: |\n' }: World): Record<string, string> {
  const group = { kind: 'Group', name: 'developers' };
  const bound = {
    kind: 'RoleBinding',
    metadata: { name: 'quiet', namespace: 'payments' },
    roleRef: { kind: 'ClusterRole', name: 'quiet' },
    subjects: [group, { ...group, name: HOSTILE }],
  };
  const quiet = {
    kind: 'ClusterRole',
    metadata: { name: 'quiet' },
    rules: [{ apiGroups: [''], resources: ['events'], verbs: ['get'] }],
  };
  return {
    [`${HERE}/describe-cluster.json`]: JSON.stringify({
      cluster: {
        name: 'payments',
        createdAt: '2026-03-02T09:15:00Z',
        version: '1.33',
        accessConfig: { authenticationMode: mode },
      },
    }),
    [`${HERE}/access-entries.json`]: JSON.stringify({ accessEntries: entries }),
    [`${HERE}/aws-auth.yaml`]: `kind: ConfigMap\nmetadata:\n  name: aws-auth\n  namespace: kube-system\ndata:\n${awsAuth}`,
    [`${HERE}/rbac.json`]: JSON.stringify({ kind: 'List', items: [quiet, bound] }),
    [`${ACCOUNT}/iam.json`]: JSON.stringify({
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: [role(DEV)],
      Policies: [],
    }),
    [`${ACCOUNT}/cloudtrail/create.json`]: JSON.stringify({ Records: [CREATED] }),
  };
}

const row = (...groups: readonly string[]) =>
  `  mapRoles: |\n    - rolearn: ${STS}\n      username: dev\n${groups.length === 0 ? '' : `      groups:\n${groups.map((group) => `        - ${JSON.stringify(group)}\n`).join('')}`}`;

const DOORS: readonly (readonly [what: string, principal: string, world: World])[] = [
  ['no entry', DEV, {}],
  ['no row', DEV, { mode: 'CONFIG_MAP' }],
  ['an entry without anything', DEV, { entries: [entry({})] }],
  ['an entry with a group', DEV, { entries: [entry({ kubernetesGroups: ['developers'] })] }],
  ['an entry with a hostile group', DEV, { entries: [entry({ kubernetesGroups: [HOSTILE] })] }],
  ['an entry with a policy elsewhere', DEV, { entries: [entry({ associatedAccessPolicies: [VIEW_SHOP] })] }],
  ['a row without groups', DEV, { mode: 'CONFIG_MAP', awsAuth: row() }],
  ['a row with a group', DEV, { mode: 'API_AND_CONFIG_MAP', awsAuth: row('developers') }],
  [
    'a row with a group that an entry overrides',
    DEV,
    { mode: 'API_AND_CONFIG_MAP', awsAuth: row('developers'), entries: [entry({})] },
  ],
  ['a row that the mode does not read', DEV, { awsAuth: row('system:masters') }],
  ['its account alone', DEV, { mode: 'CONFIG_MAP', awsAuth: `  mapAccounts: |\n    - "${ACCOUNT}"\n` }],
  ['a service account', 'system:serviceaccount:payments:web', {}],
  ['a user', 'user:alice', {}],
  ['a group', 'group:developers', {}],
];

const ASKS: readonly Omit<AccessQuestion, 'principal'>[] = [
  { verb: 'get', resource: 'pods', namespace: 'payments' },
  { verb: 'list', resource: 'pods' },
  { verb: 'create', resource: 'pods/exec', namespace: 'payments' },
  { verb: 'get', resource: 'secrets/db', namespace: 'payments' },
  { verb: 'list', resource: 'nodes' },
  { verb: 'get', resource: '/metrics' },
  { verb: 'patch', resource: 'deployments.apps/scale', namespace: 'payments' },
  { verb: 'get', resource: 'namespaces/payments' },
  { verb: 'get', resource: 'widgets.example.com', namespace: 'payments' },
  { verb: '*', resource: '*' },
];

function ask(files: Readonly<Record<string, string>>, asked: AccessQuestion) {
  const where = { cluster: 'payments', now: '2026-11-21T03:00:00Z' };
  return explainInCluster(memoryReaders(files), asked, where);
}

describe.each(DOORS)('the mend for %s', (_what, principal, world) => {
  test.each(ASKS)('lets it $verb $resource, and gives no group of the system', async (asked) => {
    const files = makeFiles(world);
    const before = await ask(files, { principal, ...asked });

    const changes = before.mend.filter((command) => !command.includes(' > '));
    const after = await ask(mendFiles(files, changes), { principal, ...asked });

    expect(before.allowed).toBe(false);
    expect(after.allowed, before.mend.join('\n')).toBe(true);
    expect(before.mend.filter((command) => /\bsystem:/.test(command))).toEqual([]);
  });
});
