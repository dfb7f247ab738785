/** The evidence of one cluster as large as EKS allows into the files of a folder, indented as their commands print them. */
import { makeEvidence, type Size } from './large-cluster.ts';

const PLACE = '111122223333/eu-central-1/payments';
const LARGEST: Size = { entries: 3000, bindings: 10_000, subjects: 20_000 };
const RBAC = 'rbac.authorization.k8s.io';
const ADMINS = 20;

export interface AnswerFolder {
  /** Path to text. */
  readonly cluster: ReadonlyMap<string, string>;
  readonly iam: ReadonlyMap<string, string>;
}

export function makeAnswerFolder(size = LARGEST): AnswerFolder {
  const [made] = makeEvidence(1, size).clusters;
  if (made === undefined) throw new Error('expected one cluster, got none');
  const files: readonly (readonly [string, unknown])[] = [
    [`${PLACE}/describe-cluster.json`, describeCluster()],
    [`${PLACE}/access-entries.json`, { accessEntries: made.accessEntries.map(printEntry) }],
    [`${PLACE}/rbac.json`, { apiVersion: 'v1', kind: 'List', items: [...printRoles(made), ...printBindings(made)] }],
  ];
  return { cluster: print(files), iam: print([['111122223333/iam.json', printIam(made)]]) };
}

function print(files: readonly (readonly [path: string, content: unknown])[]): ReadonlyMap<string, string> {
  return new Map(files.map(([path, content]) => [path, `${JSON.stringify(content, null, 4)}\n`]));
}

type Made = ReturnType<typeof makeEvidence>['clusters'][number];

function describeCluster(): unknown {
  const cluster = {
    name: 'payments',
    arn: 'arn:aws:eks:eu-central-1:111122223333:cluster/payments',
    createdAt: '2026-03-02T09:15:00Z',
    version: '1.33',
    status: 'ACTIVE',
    accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' },
  };
  return { cluster };
}

function printEntry({ principal, username, groups, createdAt }: Made['accessEntries'][number], index: number): unknown {
  const admin = {
    policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
    accessScope: { type: 'cluster', namespaces: [] },
    associatedAt: createdAt,
    modifiedAt: createdAt,
  };
  return {
    clusterName: 'payments',
    principalArn: principal.arn,
    kubernetesGroups: groups,
    accessEntryArn: `arn:aws:eks:eu-central-1:111122223333:access-entry/payments/role/111122223333/${principal.name}/${index}`,
    createdAt,
    modifiedAt: createdAt,
    tags: {},
    username,
    type: 'STANDARD',
    associatedAccessPolicies: index < ADMINS ? [admin] : [],
  };
}

function head(name: string, namespace: string | null, index: number): unknown {
  const where = namespace === null ? {} : { namespace };
  const uid = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  return { creationTimestamp: '2026-03-02T09:15:00Z', name, ...where, resourceVersion: String(index), uid };
}

function printRoles({ rbac }: Made): readonly unknown[] {
  return (rbac?.roles ?? []).map(({ kind, name, rules }, index) => ({
    apiVersion: `${RBAC}/v1`,
    kind,
    metadata: head(name, null, index),
    rules: rules.map(({ apiGroups, resources, verbs }) => ({ apiGroups, resources, verbs })),
  }));
}

function printBindings({ rbac }: Made): readonly unknown[] {
  return (rbac?.bindings ?? []).map(({ kind, name, namespace, role, subjects }, index) => ({
    apiVersion: `${RBAC}/v1`,
    kind,
    metadata: head(name, namespace, index),
    roleRef: { apiGroup: RBAC, kind: role.kind, name: role.name },
    subjects: subjects.map((subject) =>
      subject.kind === 'ServiceAccount'
        ? { kind: subject.kind, name: subject.name, namespace: subject.namespace }
        : { apiGroup: RBAC, kind: subject.kind, name: subject.name },
    ),
  }));
}

/** A role behind each entry, each of which another one may assume. */
function printIam({ accessEntries }: Made): unknown {
  const roles = accessEntries.map(({ principal }, index) => ({
    Path: '/',
    RoleName: principal.name,
    RoleId: `AROAEXAMPLE${String(index).padStart(10, '0')}`,
    Arn: principal.arn,
    CreateDate: '2026-01-02T09:15:00Z',
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::111122223333:role/team-${(index * 7) % 3000}` },
          Action: 'sts:AssumeRole',
        },
      ],
    },
    RolePolicyList: [],
    AttachedManagedPolicies: [],
  }));
  return { UserDetailList: [], GroupDetailList: [], RoleDetailList: roles, Policies: [] };
}
