/** A cluster whose access can be moved, as EKS and Kubernetes hold it, and as the files of an evidence folder show it. */
import type { PolicyRule } from '../../shared/model/rbac.ts';
import type { MemoryFiles } from './memory-readers.ts';

export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';
const PLACE = `${ACCOUNT}/eu-central-1/payments`;

export interface WorldPolicy {
  readonly policyArn: string;
  readonly accessScope: { readonly type: string; readonly namespaces: readonly string[] };
}

export interface WorldEntry {
  readonly principalArn: string;
  readonly type: string;
  readonly username: string;
  readonly kubernetesGroups: readonly string[];
  readonly createdAt: string;
  readonly policies: readonly WorldPolicy[];
}

export interface WorldRow {
  readonly arn: string;
  readonly username: string;
  readonly groups: readonly string[];
}

export interface WorldBinding {
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly role: { readonly kind: string; readonly name: string };
  readonly subjects: readonly { readonly kind: string; readonly name: string; readonly namespace?: string }[];
}

export interface MigrationWorld {
  /** aws-auth as the copy holds it, once somebody made one. */
  readonly copy?: Readonly<Record<string, string>> | null;
  readonly mode: string;
  readonly entries: readonly WorldEntry[];
  /** null where aws-auth is not there. */
  readonly data: Readonly<Record<string, string>> | null;
  readonly roles: readonly { readonly name: string; readonly rules: readonly PolicyRule[] }[];
  readonly bindings: readonly WorldBinding[];
  /** ARNs of the account that IAM has, with their paths. */
  readonly principals: readonly { readonly arn: string; readonly createdAt: string }[];
  readonly nodeRoles: readonly string[];
  readonly fargateRoles: readonly string[];
  readonly creator: { readonly arn: string; readonly isRecorded: boolean };
}

export function writeRows(key: 'rolearn' | 'userarn', rows: readonly WorldRow[]): string {
  return JSON.stringify(rows.map(({ arn, username, groups }) => ({ [key]: arn, username, groups })));
}

export function worldFiles(world: MigrationWorld): MemoryFiles {
  const { data, mode, nodeRoles, fargateRoles } = world;
  const files: Record<string, unknown> = {
    [`${PLACE}/describe-cluster.json`]: { cluster: describeCluster(mode) },
    [`${PLACE}/rbac.json`]: { kind: 'List', apiVersion: 'v1', items: listRbac(world) },
    [`${PLACE}/node-groups.json`]: {
      nodegroups: nodeRoles.map((nodeRole, index) => ({ nodegroup: { nodegroupName: `nodes-${index}`, nodeRole } })),
    },
    [`${PLACE}/fargate-profiles.json`]: {
      fargateProfiles: fargateRoles.map((podExecutionRoleArn, index) => ({
        fargateProfile: { fargateProfileName: `pods-${index}`, podExecutionRoleArn },
      })),
    },
    [`${PLACE}/access-entries.json`]: {
      accessEntries: world.entries.map(({ policies, ...entry }) => ({ ...entry, associatedAccessPolicies: policies })),
    },
    [`${ACCOUNT}/iam.json`]: describeIam(world),
    [`${ACCOUNT}/cloudtrail/a.json`]: {
      Records: world.creator.isRecorded ? [describeCreation(world.creator.arn)] : [],
    },
  };
  if (data !== null) {
    const metadata = { name: 'aws-auth', namespace: 'kube-system', resourceVersion: '100' };
    files[`${PLACE}/aws-auth.json`] = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data };
  }
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [path, JSON.stringify(content)]));
}

const CREATED = '2026-03-02T09:15:00Z';

function describeCluster(mode: string) {
  return {
    name: 'payments',
    arn: `arn:aws:eks:eu-central-1:${ACCOUNT}:cluster/payments`,
    createdAt: CREATED,
    version: '1.33',
    accessConfig: { authenticationMode: mode },
    logging: { clusterLogging: [{ types: ['audit', 'authenticator'], enabled: true }] },
  };
}

function listRbac({ roles, bindings }: MigrationWorld) {
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  return [
    ...roles.map(({ name, rules }) => ({ apiVersion, kind: 'ClusterRole', metadata: { name }, rules })),
    ...bindings.map(({ kind, name, namespace, role, subjects }) => ({
      ...{ apiVersion, kind, subjects },
      metadata: { name, ...(namespace === null ? {} : { namespace }) },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', ...role },
    })),
  ];
}

function describeIam({ principals }: MigrationWorld) {
  const nothing = { AttachedManagedPolicies: [] };
  const of = (kind: string) =>
    principals.flatMap(({ arn, createdAt }) => {
      const [, found, path = '', name = ''] = /:(role|user)\/(.*\/)?([^/]+)$/s.exec(arn) ?? [];
      return found === kind ? [{ Arn: arn, Path: `/${path}`, CreateDate: createdAt, name }] : [];
    });
  return {
    UserDetailList: of('user').map(({ name, ...user }) => ({
      ...{ ...user, ...nothing, UserName: name, UserId: `AIDA${name.toUpperCase()}`, GroupList: [] },
      UserPolicyList: [],
    })),
    GroupDetailList: [],
    RoleDetailList: of('role').map(({ name, ...role }) => ({
      ...{ ...role, ...nothing, RoleName: name, RoleId: `AROA${name.toUpperCase()}` },
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
      ...{ RolePolicyList: [], InstanceProfileList: [] },
    })),
    Policies: [],
  };
}

function describeCreation(arn: string) {
  const isUser = arn.includes(':user/');
  const name = arn.split('/').at(-1) ?? '';
  const issuer = { type: 'Role', arn, accountId: ACCOUNT, principalId: `AROA${name.toUpperCase()}`, userName: name };
  return {
    ...{ eventVersion: '1.11', eventTime: CREATED, eventSource: 'eks.amazonaws.com', eventName: 'CreateCluster' },
    ...{ awsRegion: 'eu-central-1', recipientAccountId: ACCOUNT, eventID: 'c0000000-0000-4000-8000-000000000001' },
    userIdentity: isUser
      ? { type: 'IAMUser', arn, accountId: ACCOUNT, userName: name, principalId: `AIDA${name.toUpperCase()}` }
      : {
          ...{ type: 'AssumedRole', accountId: ACCOUNT, principalId: `AROA${name.toUpperCase()}:run` },
          arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${name}/run`,
          sessionContext: { sessionIssuer: issuer },
        },
    requestParameters: { name: 'payments' },
    responseElements: { cluster: { name: 'payments' } },
  };
}
