/** Facts and their parts for tests: a quiet cluster, but for what the test names. */
import type { Access, Grant, Known, Mapping, People, Person } from '../../shared/model/access.ts';
import type { AwsAuth, AwsAuthProblem, AwsAuthRow } from '../../shared/model/aws-auth.ts';
import type { Coverage } from '../../shared/model/coverage.ts';
import type { AccessEntry, AssociatedPolicy, Cluster } from '../../shared/model/eks.ts';
import type { AccountEvidence } from '../../shared/model/evidence.ts';
import type { Facts, ResolvedBinding, ResolvedRole } from '../../shared/model/facts.ts';
import type { PolicyRule, Subject } from '../../shared/model/rbac.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { coverageBut, ref } from './coverage.ts';

export const NOW = '2026-11-21T03:00:00Z';
export const ADMIN_ROLE = 'arn:aws:iam::111122223333:role/platform-admin';

export function cluster(more: Partial<Cluster> = {}): Cluster {
  return {
    arn: 'arn:aws:eks:eu-central-1:111122223333:cluster/payments',
    name: 'payments',
    account: '111122223333',
    region: 'eu-central-1',
    partition: 'aws',
    createdAt: '2026-03-02T09:15:00Z',
    version: '1.33',
    platformVersion: 'eks.5',
    status: 'ACTIVE',
    authenticationMode: 'API_AND_CONFIG_MAP',
    bootstrapCreatorAdmin: false,
    logTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
    endpoint: { publicAccess: false, privateAccess: true, publicCidrs: [] },
    roleArn: 'arn:aws:iam::111122223333:role/payments-cluster',
    tags: {},
    evidence: [ref('eks-api', { file: 'describe-cluster.json' })],
    ...more,
  };
}

/** An admin policy at cluster scope, unless told otherwise. */
export function associatedPolicy(more: Partial<AssociatedPolicy> = {}): AssociatedPolicy {
  const name = more.name ?? 'AmazonEKSClusterAdminPolicy';
  return {
    policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
    name,
    scope: { type: 'cluster' },
    associatedAt: '2026-08-23T10:00:00Z',
    modifiedAt: '2026-08-23T10:00:00Z',
    ...more,
  };
}

export function accessEntry(more: Partial<AccessEntry> = {}): AccessEntry {
  const principal = more.principal ?? parsePrincipal(ADMIN_ROLE);
  return {
    principal,
    type: 'STANDARD',
    username: `arn:aws:sts::${principal.account}:assumed-role/${principal.name}/{{SessionName}}`,
    groups: [],
    policies: [],
    createdAt: '2026-08-23T10:00:00Z',
    modifiedAt: '2026-08-23T10:00:00Z',
    tags: {},
    evidence: ref('eks-api', { file: 'access-entries.json', id: principal.arn }),
    ...more,
  };
}

export function awsAuthRow(more: Partial<AwsAuthRow> = {}): AwsAuthRow {
  const position = more.position ?? { line: 8, column: 7 };
  return {
    section: 'mapRoles',
    arn: ADMIN_ROLE,
    username: 'platform-admin',
    groups: [],
    matches: true,
    inertBecause: null,
    position,
    evidence: ref('aws-auth', { file: 'aws-auth.yaml', line: position.line }),
    ...more,
  };
}

export function awsAuthProblem(more: Partial<AwsAuthProblem> = {}): AwsAuthProblem {
  return {
    code: 'section-lost',
    section: 'mapRoles',
    arn: null,
    message: 'mapRoles is not valid YAML.',
    effect: 'Every role of the section loses its access.',
    mend: 'Indent the rows alike.',
    losesAccess: true,
    position: { line: 8, column: 3 },
    ...more,
  };
}

export function awsAuth(more: Partial<AwsAuth> = {}): AwsAuth {
  return {
    rows: [],
    accounts: [],
    lostSections: [],
    problems: [],
    resourceVersion: '12345',
    createdAt: '2026-03-02T09:20:00Z',
    evidence: ref('aws-auth', { file: 'aws-auth.yaml' }),
    ...more,
  };
}

/** Through an access entry, unless `via` says otherwise. */
export function mapping(more: Partial<Mapping> = {}): Mapping {
  const principal = more.principal ?? parsePrincipal(ADMIN_ROLE);
  const via = more.via ?? 'access-entry';
  const isEntry = via === 'access-entry';
  return {
    principal,
    identity: { username: principal.name, groups: [] },
    via,
    entry: isEntry ? accessEntry({ principal }) : null,
    row: via === 'aws-auth' ? awsAuthRow({ arn: principal.arn }) : null,
    policies: [],
    inert: null,
    exists: true,
    evidence: [ref(isEntry ? 'eks-api' : 'aws-auth')],
    ...more,
  };
}

export function known(value: string): Known {
  return { value, status: 'known', seenFrom: null, reason: null };
}

export function noneSeen(seenFrom: string): Known {
  return { value: null, status: 'none-seen', seenFrom, reason: null };
}

export function notReadable(reason: string): Known {
  return { value: null, status: 'not-readable', seenFrom: null, reason };
}

export function person(more: Partial<Person> = {}): Person {
  return {
    name: 'alice',
    principalArn: 'arn:aws:iam::111122223333:user/alice',
    kind: 'iam-user',
    path: ['arn:aws:iam::111122223333:user/alice', ADMIN_ROLE],
    certainty: 'yes',
    condition: null,
    firstSeenAt: null,
    lastSeenAt: null,
    ...more,
  };
}

export function people(...list: readonly Person[]): People {
  return { status: list.length === 0 ? 'none' : 'known', reason: null, list };
}

export function grant(more: Partial<Grant> = {}): Grant {
  return {
    via: 'access-policy',
    detail: 'AmazonEKSClusterAdminPolicy',
    scope: 'cluster',
    level: 'cluster-admin',
    reason: 'AmazonEKSClusterAdminPolicy at cluster scope allows everything.',
    since: '2026-08-23T10:00:00Z',
    evidence: [ref('eks-api', { file: 'access-entries.json' })],
    ...more,
  };
}

/** A cluster-admin role, unless told otherwise. */
export function access(more: Partial<Access> = {}): Access {
  const principalArn = more.principalArn === undefined ? ADMIN_ROLE : more.principalArn;
  return {
    holder: { kind: 'iam', name: principalArn ?? 'nobody' },
    principalArn,
    exists: true,
    level: 'cluster-admin',
    reason: 'AmazonEKSClusterAdminPolicy at cluster scope allows everything.',
    kind: 'role',
    grants: [grant()],
    since: known('2026-08-23T10:00:00Z'),
    grantedBy: known('arn:aws:iam::111122223333:role/pipeline'),
    lastUsedAt: known('2026-11-20T08:00:00Z'),
    people: people(person()),
    ...more,
  };
}

export function policyRule(more: Partial<PolicyRule> = {}): PolicyRule {
  return { apiGroups: [''], resources: [], verbs: [], resourceNames: [], nonResourceURLs: [], ...more };
}

/** A ClusterRole that may do everything, unless told otherwise. */
export function resolvedRole(more: Partial<ResolvedRole> = {}): ResolvedRole {
  const rules = more.rules ?? [policyRule({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] })];
  return {
    kind: 'ClusterRole',
    name: 'cluster-admin',
    namespace: null,
    rules,
    aggregates: [],
    labels: {},
    annotations: {},
    createdAt: '2026-03-02T09:20:00Z',
    evidence: ref('rbac'),
    effectiveRules: rules,
    isDefault: false,
    level: 'cluster-admin',
    reason: 'Every verb on every resource.',
    ...more,
  };
}

/** Binds the User alice to cluster-admin, unless told otherwise; level and role follow `resolvedRole`. */
export function resolvedBinding(more: Partial<ResolvedBinding> = {}): ResolvedBinding {
  const role = more.resolvedRole === undefined ? resolvedRole() : more.resolvedRole;
  return {
    kind: 'ClusterRoleBinding',
    name: 'team-admins',
    namespace: null,
    role: { kind: role?.kind ?? 'ClusterRole', name: role?.name ?? 'missing' },
    subjects: [subject('User', 'alice')],
    labels: {},
    annotations: {},
    createdAt: '2026-08-23T10:00:00Z',
    evidence: ref('rbac'),
    resolvedRole: role,
    isDefault: false,
    level: role?.level ?? 'limited',
    reason: role?.reason ?? 'The role does not exist.',
    ...more,
  };
}

export function subject(kind: Subject['kind'], name: string, namespace: string | null = null): Subject {
  return { kind, name, namespace };
}

export function accountEvidence(more: Partial<AccountEvidence> = {}): AccountEvidence {
  const nothing = { iam: null, identityCenter: null, organization: null, cloudTrail: [], coverage: [] };
  return { account: '111122223333', ...nothing, ...more };
}

/** A cluster that nobody holds and of which every source was read; `bindingsBySubject` follows `bindings`. */
export function facts(more: Partial<Facts> = {}): Facts {
  const coverage: readonly Coverage[] = coverageBut();
  return {
    now: NOW,
    cluster: cluster(),
    isProduction: false,
    anonymousRefused: true,
    entries: [],
    awsAuth: null,
    mappings: [],
    access: [],
    shadowAdmins: { administrators: [], others: [] },
    creator: {
      principalArn: null,
      confidence: 'unknown',
      exists: null,
      candidates: [],
      evidence: [],
      reason: 'No record.',
    },
    roles: [],
    bindings: [],
    bindingsBySubject: groupBySubject(more.bindings ?? []),
    identityProviders: [],
    workloadRoles: [],
    usage: [],
    records: [],
    accounts: [accountEvidence()],
    config: { approvedAdmins: [], breakGlass: [], acceptedRisks: [], tags: { production: {}, required: [] } },
    state: { findings: [], creators: [], lastGoodAwsAuth: [], firstAuditAt: {} },
    coverage,
    ...more,
  };
}

function groupBySubject(bindings: readonly ResolvedBinding[]): ReadonlyMap<string, readonly ResolvedBinding[]> {
  const groups = new Map<string, ResolvedBinding[]>();
  for (const binding of bindings)
    for (const { kind, name, namespace } of binding.subjects) {
      const key = kind === 'ServiceAccount' ? `${kind}/${namespace}/${name}` : `${kind}/${name}`;
      groups.set(key, [...(groups.get(key) ?? []), binding]);
    }
  return groups;
}
