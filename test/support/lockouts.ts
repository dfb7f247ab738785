/** Every way in which a cluster can be lost, as evidence, for plans to be made of. */
import { resolveFacts } from '../../shared/access/facts.ts';
import { resolvePeople } from '../../shared/access/people.ts';
import { parseAwsAuth } from '../../shared/evidence/aws-auth.ts';
import type { AwsAuth } from '../../shared/model/aws-auth.ts';
import type { AccessEntry, AuthenticationMode } from '../../shared/model/eks.ts';
import type { Facts } from '../../shared/model/facts.ts';
import type { IamRole, IamUser } from '../../shared/model/iam.ts';
import type { Rbac } from '../../shared/model/rbac.ts';
import type { EvidenceRecord } from '../../shared/model/records.ts';
import type { RecoveryPlan } from '../../shared/model/recovery.ts';
import { planRecovery } from '../../shared/recovery/plan.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { ref } from './coverage.ts';
import { creation } from './creators.ts';
import { evidence as allEvidence, clusterEvidence } from './evidence.ts';
import { accessEntry, associatedPolicy, cluster, NOW, resolvedBinding, resolvedRole, subject } from './facts.ts';
import { awsAuthWrite, PIPELINE } from './grants.ts';
import { accountOf, allow, iamRole, iamUser, policy, roleArn, trusts, userArn } from './iam.ts';
import { actor } from './records.ts';

export const MODES = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'] as const;
/** `untrusted`: it exists, and nobody can become it. */
export const CREATORS = ['present', 'untrusted', 'gone', 're-created', 'unknown'] as const;
/** `dead`: the principal was re-created; `orphaned`: it is gone. */
export const ENTRIES = ['working', 'dead', 'orphaned', 'none'] as const;
export const AWS_AUTHS = ['good', 'broken', 'deleted'] as const;
/** `eks`: everything of EKS, and nothing that changes IAM; `unnamed`: no --as. */
export const CALLERS = ['administrator', 'eks', 'without', 'unnamed'] as const;

export interface Lockout {
  readonly mode: AuthenticationMode;
  readonly creator: (typeof CREATORS)[number];
  readonly entries: (typeof ENTRIES)[number];
  readonly awsAuth: (typeof AWS_AUTHS)[number];
  readonly caller: (typeof CALLERS)[number];
  /** A service account in the cluster that may do everything; none unless told otherwise. */
  readonly hasController?: boolean;
  /** A role unless told otherwise. */
  readonly creatorKind?: 'role' | 'user';
}

export function* listLockouts(): Iterable<Lockout> {
  for (const mode of MODES)
    for (const creator of CREATORS)
      for (const entries of ENTRIES)
        for (const awsAuth of AWS_AUTHS)
          for (const caller of CALLERS) yield { mode, creator, entries, awsAuth, caller };
}

export const ADMIN = roleArn('platform-admin');
export const LEGACY_ADMIN = roleArn('legacy-admin');
export const NODES = roleArn('payments-nodes');
export const RESPONDER = roleArn('responder');

const CREATED = '2026-03-02T09:15:00Z';
const BEFORE = '2026-01-05T08:00:00Z';
const AFTER = '2026-10-01T08:00:00Z';
export const LOST_AT = '2026-11-20T16:43:00Z';

const GOOD_ROWS = `- rolearn: ${NODES}
  username: system:node:{{EC2PrivateDNSName}}
  groups:
    - system:bootstrappers
    - system:nodes
- rolearn: ${LEGACY_ADMIN}
  username: legacy-admin
  groups:
    - system:masters
`;
export const GOOD_DATA = { mapRoles: GOOD_ROWS };
export const BROKEN_DATA = { mapRoles: GOOD_ROWS.replace('  username: legacy-admin', '\tusername: legacy-admin') };

function readAwsAuth(data: Readonly<Record<string, string>>, resourceVersion: string): AwsAuth {
  const metadata = { name: 'aws-auth', namespace: 'kube-system', resourceVersion, creationTimestamp: CREATED };
  const { awsAuth } = parseAwsAuth(
    JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data }),
    'aws-auth.json',
  );
  if (awsAuth === null) throw new Error('no aws-auth');
  return awsAuth;
}

const ROOT_OF_HOME = 'arn:aws:iam::111122223333:root';
const POLICIES = {
  administrator: [policy(allow('*'))],
  eks: [policy(allow(['eks:*', 'sts:AssumeRole']))],
  without: [],
  unnamed: [],
} as const;

/** Only for a creator that is gone. */
export const FOUNDER = userArn('old-founder');

function listEntities({ creator, entries, caller }: Lockout): readonly (IamRole | IamUser)[] {
  const trust = policy(trusts({ AWS: ROOT_OF_HOME }));
  const pipeline = iamRole('pipeline', {
    trust: creator === 'untrusted' ? policy() : trust,
    createdAt: creator === 're-created' ? AFTER : BEFORE,
  });
  const admin = iamRole('platform-admin', { trust, createdAt: entries === 'dead' ? AFTER : BEFORE });
  return [
    ...(creator === 'gone' ? [] : [pipeline]),
    ...(entries === 'orphaned' ? [] : [admin]),
    iamRole('legacy-admin', { trust, createdAt: BEFORE }),
    iamRole('payments-nodes', { createdAt: BEFORE }),
    iamRole('responder', { trust, policies: POLICIES[caller] }),
    iamUser('alice', { policies: [policy(allow('sts:AssumeRole'))] }),
  ];
}

function listEntries({ mode, entries }: Lockout): readonly AccessEntry[] {
  if (mode === 'CONFIG_MAP') return [];
  const nodes = accessEntry({
    principal: parsePrincipal(NODES),
    type: 'EC2_LINUX',
    username: 'system:node:{{EC2PrivateDNSName}}',
    groups: ['system:nodes'],
  });
  const admin = accessEntry({
    principal: parsePrincipal(ADMIN),
    policies: [associatedPolicy()],
    createdAt: '2026-04-01T08:00:00Z',
  });
  return [...(mode === 'API' ? [nodes] : []), ...(entries === 'none' ? [] : [admin])];
}

function findCreator({ creator, creatorKind = 'role' }: Lockout) {
  const { actor: pipeline } = creation();
  if (creatorKind === 'user')
    return { ...pipeline, kind: 'user', name: FOUNDER, principalArn: FOUNDER, uniqueId: 'AIDAOLDFOUNDER' } as const;
  return { ...pipeline, uniqueId: creator === 're-created' ? 'AROAEARLIERPIPELINE' : 'AROAPIPELINE' };
}

function listRecords(lockout: Lockout): readonly EvidenceRecord[] {
  const { creator, awsAuth } = lockout;
  const breaker = actor({ name: roleArn('developers'), principalArn: roleArn('developers') });
  const evidence = ref('audit-log', { file: 'audit.ndjson', line: 2, at: LOST_AT });
  const made = creation({ actor: findCreator(lockout) });
  const good = awsAuthWrite(readAwsAuth(GOOD_DATA, '100'), { at: '2026-10-01T09:00:00Z' });
  const broken = awsAuthWrite(readAwsAuth(BROKEN_DATA, '200'), { at: LOST_AT, actor: breaker, evidence });
  const deleted = awsAuthWrite(null, { at: LOST_AT, verb: 'delete', actor: breaker, evidence });
  return [
    ...(creator === 'unknown' ? [] : [made]),
    good,
    ...(awsAuth === 'broken' ? [broken] : awsAuth === 'deleted' ? [deleted] : []),
  ];
}

const CONTROLLER: Rbac = {
  roles: [resolvedRole()],
  bindings: [resolvedBinding({ name: 'gitops', subjects: [subject('ServiceAccount', 'gitops', 'flux-system')] })],
};

/** `more`: what else is on record. */
export function lockoutFacts(lockout: Lockout, more: readonly EvidenceRecord[] = []): Facts {
  const { mode, awsAuth } = lockout;
  const account = accountOf(listEntities(lockout));
  const data = awsAuth === 'good' ? GOOD_DATA : BROKEN_DATA;
  const evidence = clusterEvidence({
    cluster: cluster({
      authenticationMode: mode,
      createdAt: CREATED,
      endpoint: { publicAccess: true, privateAccess: true, publicCidrs: ['0.0.0.0/0'] },
    }),
    accessEntries: listEntries(lockout),
    awsAuth: awsAuth === 'deleted' ? null : readAwsAuth(data, awsAuth === 'good' ? '100' : '200'),
    rbac: lockout.hasController === true ? CONTROLLER : { roles: [], bindings: [] },
    workloadRoles: [{ kind: 'node-group', name: 'general', roleArn: NODES, evidence: ref('eks-api') }],
  });
  const all = allEvidence({ clusters: [evidence], accounts: [account] });
  return resolveFacts(evidence, all, { now: NOW, records: [...listRecords(lockout), ...more] });
}

export function planLockout(lockout: Lockout): RecoveryPlan {
  return planFor(lockoutFacts(lockout), lockout.caller === 'unnamed' ? null : RESPONDER);
}

export function planFor(facts: Facts, callerArn: string | null): RecoveryPlan {
  const { creator, accounts, usage } = facts;
  const creatorPeople = resolvePeople(parsePrincipal(creator.principalArn ?? PIPELINE), {
    accounts,
    usage,
    chainLimit: 3,
  });
  return planRecovery({ facts, callerArn, creatorPeople, storedAwsAuth: [] });
}
