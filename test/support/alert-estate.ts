/** A cluster in good order before something happens to it, as files of an evidence folder: for tests of the event path. */
import { CLUSTER, smallEstate } from './small-estate.ts';

export const READ_AT = '2026-11-21T00:00:00Z';
export const CLUSTER_ARN = 'arn:aws:eks:eu-west-1:111122223333:cluster/payments';

const json = (value: unknown): string => `${JSON.stringify(value)}\n`;

export function clusterRole(name: string, rules: readonly unknown[], more: Readonly<Record<string, unknown>> = {}) {
  const { labels, ...rest } = more;
  const metadata = { name, ...(labels === undefined ? {} : { labels }) };
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata, rules, ...rest };
}

export function clusterRoleBinding(
  name: string,
  role: string,
  subjects: readonly (readonly ['User' | 'Group', string])[],
) {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects: subjects.map(([kind, subject]) => ({ apiGroup: 'rbac.authorization.k8s.io', kind, name: subject })),
  };
}

export function awsAuth(
  rows: readonly { readonly role: string; readonly username: string; readonly groups: readonly string[] }[],
) {
  const mapRoles = rows.map(
    ({ role, username, groups }) =>
      `- rolearn: arn:aws:iam::111122223333:role/${role}\n  username: ${username}\n  groups:\n${groups.map((g) => `  - ${g}\n`).join('')}`,
  );
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'aws-auth', namespace: 'kube-system' },
    data: { mapRoles: mapRoles.join('') || '[]\n' },
  };
}

export const EVERYTHING = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }];
export const PODS = [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }];

function iamRole(name: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    RoleName: name,
    Path: '/',
    Arn: `arn:aws:iam::111122223333:role/${name}`,
    RoleId: `AROAEXAMPLE${name.toUpperCase().padEnd(10, '0')}`.slice(0, 21),
    CreateDate: '2025-12-01T00:00:00Z',
    AssumeRolePolicyDocument: trust('arn:aws:iam::111122223333:role/deployer'),
    RolePolicyList: [],
    AttachedManagedPolicies: [],
    InstanceProfileList: [],
    ...more,
  };
}

export function trust(principal: string) {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }],
  };
}

/** Roles: admins (an access entry with the admin policy), mapped (aws-auth, group viewers), readers, newcomer, deployer. */
export function alertEstate(given: {
  readonly mode?: 'API' | 'API_AND_CONFIG_MAP' | 'CONFIG_MAP';
  readonly rbac?: readonly unknown[];
  /** Beside that of the role admins; null for none at all. */
  readonly entries?: readonly unknown[] | null;
  readonly rows?: Parameters<typeof awsAuth>[0];
  readonly roles?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}): Record<string, string | Uint8Array> {
  const files = smallEstate();
  const entry = JSON.parse(String(files[`${CLUSTER}/access-entries.json`])).accessEntries;
  const described = JSON.parse(String(files[`${CLUSTER}/describe-cluster.json`]));
  described.cluster.accessConfig.authenticationMode = given.mode ?? 'API_AND_CONFIG_MAP';
  const names = ['admins', 'mapped', 'readers', 'newcomer', 'deployer'];
  return {
    ...files,
    'keyholder.yml': '{}\n',
    [`${CLUSTER}/describe-cluster.json`]: json(described),
    [`${CLUSTER}/access-entries.json`]: json({
      accessEntries: given.entries === null ? [] : [...entry, ...(given.entries ?? [])],
    }),
    [`${CLUSTER}/rbac.json`]: json({ apiVersion: 'v1', kind: 'List', items: given.rbac ?? [] }),
    [`${CLUSTER}/aws-auth.yaml`]: json(awsAuth(given.rows ?? [])),
    '111122223333/iam.json': json({
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: names.map((name) => iamRole(name, given.roles?.[name])),
      Policies: [],
    }),
  };
}
