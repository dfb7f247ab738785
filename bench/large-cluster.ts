/** Evidence of clusters as large as EKS allows, made by counting, so that every run measures the same. */
import { NOTHING_OF_CLUSTER, NOTHING_READ } from '../shared/evidence/nothing-read.ts';
import type { Coverage, Source } from '../shared/model/coverage.ts';
import type { AccessEntry } from '../shared/model/eks.ts';
import type { ClusterEvidence, Evidence } from '../shared/model/evidence.ts';
import type { Binding, Role, Subject } from '../shared/model/rbac.ts';
import { parsePrincipal } from '../shared/rules/arn.ts';

const ACCOUNT = '111122223333';
const AT = '2026-03-02T09:15:00Z';

export interface Size {
  readonly bindings: number;
  readonly entries: number;
  readonly subjects: number;
}

export function makeEvidence(clusters: number, size: Size): Evidence {
  return {
    ...NOTHING_READ,
    clusters: Array.from({ length: clusters }, (_, index) => makeCluster(`cluster-${index}`, size)),
  };
}

function makeCluster(name: string, size: Size): ClusterEvidence {
  return {
    ...NOTHING_OF_CLUSTER,
    cluster: {
      arn: `arn:aws:eks:eu-central-1:${ACCOUNT}:cluster/${name}`,
      name,
      account: ACCOUNT,
      region: 'eu-central-1',
      partition: 'aws',
      createdAt: AT,
      version: '1.33',
      platformVersion: null,
      status: 'ACTIVE',
      authenticationMode: 'API',
      bootstrapCreatorAdmin: false,
      logTypes: ['audit', 'authenticator'],
      endpoint: null,
      roleArn: null,
      tags: {},
      evidence: [],
    },
    accessEntries: Array.from({ length: size.entries }, (_, index) => makeEntry(index)),
    rbac: { roles: makeRoles(), bindings: makeBindings(size) },
    coverage: (['eks-api', 'rbac', 'aws-auth'] as const).map(complete),
  };
}

function complete(source: Source): Coverage {
  return { source, status: 'complete', window: null, read: 1, skipped: 0, skips: [], reason: null };
}

function makeEntry(index: number): AccessEntry {
  const principal = parsePrincipal(`arn:aws:iam::${ACCOUNT}:role/team-${index}`);
  return {
    principal,
    type: 'STANDARD',
    username: `arn:aws:sts::${ACCOUNT}:assumed-role/team-${index}/{{SessionName}}`,
    groups: [`group-${index}`, `group-${index + 1}`],
    policies: [],
    createdAt: AT,
    modifiedAt: AT,
    tags: {},
    evidence: { source: 'eks-api', id: null, at: AT, file: 'access-entries.json', line: index },
  };
}

const ROLES = 200;

function makeRoles(): readonly Role[] {
  return Array.from({ length: ROLES }, (_, index) => ({
    kind: 'ClusterRole',
    name: `role-${index}`,
    namespace: null,
    rules: Array.from({ length: 5 + (index % 20) }, (_rule, at) => ({
      apiGroups: ['', 'apps'],
      resources: [`resource-${at}`, index % 50 === 0 ? 'secrets' : 'pods'],
      verbs: ['get', 'list'],
      resourceNames: [],
      nonResourceURLs: [],
    })),
    aggregates: [],
    labels: {},
    annotations: {},
    createdAt: AT,
    evidence: { source: 'rbac', id: `ClusterRole/-/role-${index}`, at: AT, file: 'rbac.json', line: index },
  }));
}

function makeBindings({ bindings, subjects }: Size): readonly Binding[] {
  const perBinding = Math.ceil(subjects / bindings);
  return Array.from({ length: bindings }, (_, index) => {
    const isClusterWide = index % 10 === 0;
    return {
      kind: isClusterWide ? 'ClusterRoleBinding' : 'RoleBinding',
      name: `binding-${index}`,
      namespace: isClusterWide ? null : `namespace-${index % 300}`,
      role: { kind: 'ClusterRole', name: `role-${index % ROLES}` },
      subjects: Array.from({ length: perBinding }, (_subject, at) => makeSubject(index * perBinding + at)),
      labels: {},
      annotations: {},
      createdAt: AT,
      evidence: { source: 'rbac', id: `binding-${index}`, at: AT, file: 'rbac.json', line: index },
    };
  });
}

function makeSubject(index: number): Subject {
  switch (index % 3) {
    case 0:
      return { kind: 'Group', name: `group-${index % 4000}`, namespace: null };
    case 1:
      return {
        kind: 'User',
        name: `arn:aws:sts::${ACCOUNT}:assumed-role/team-${index % 3000}/user-${index}`,
        namespace: null,
      };
    default:
      return { kind: 'ServiceAccount', name: `account-${index}`, namespace: `namespace-${index % 300}` };
  }
}
