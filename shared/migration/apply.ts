/** The evidence of a cluster and a draft into the evidence that would be read when all of its steps were taken. */
import type { Mapping } from '../model/access.ts';
import type { AccessEntry } from '../model/eks.ts';
import type { ClusterEvidence } from '../model/evidence.ts';
import type { Facts } from '../model/facts.ts';
import type { PlannedBinding, PlannedEntry } from '../model/migration.ts';
import type { Binding } from '../model/rbac.ts';
import type { NodeEntryType } from '../model/recovery.ts';
import { parsePrincipal, principalKey } from '../rules/arn.ts';
import { defaultUsername } from '../rules/entry-usernames.ts';
import { listNodeEntryGroups, nodeUsernameOf } from '../rules/node-identity.ts';
import { accessPolicyArn } from '../rules/remedies.ts';
import { type Draft, isKept } from './draft.ts';

export function applyDraft(
  evidence: ClusterEvidence,
  draft: Draft,
  { mappings, now, creator }: Facts,
): ClusterEvidence {
  const { target } = draft;
  if (target === null) return evidence;
  const { cluster, awsAuth } = evidence;
  const kept = new Set(draft.decided.filter((each) => isKept(each, target)).map(({ mapping }) => mapping?.row ?? null));
  const hidden = mappings.find(({ via }) => via === 'cluster-creator');
  const added = [
    ...(hidden === undefined || creator.exists === false ? [] : [makeCreatorEntry(hidden, evidence)]),
    ...[...draft.entries, ...(target === 'API' ? draft.ensured : [])].map((entry) => makeEntry(entry, now)),
  ];
  const standing = new Set(evidence.accessEntries.map(({ principal }) => principalKey(principal)));
  return {
    ...evidence,
    cluster: { ...cluster, authenticationMode: target },
    accessEntries: [
      ...evidence.accessEntries,
      ...added.filter(({ principal }) => !standing.has(principalKey(principal))),
    ],
    awsAuth:
      awsAuth === null
        ? null
        : {
            ...awsAuth,
            rows: awsAuth.rows.filter((row) => kept.has(row)),
            accounts: target === 'API' ? [] : awsAuth.accounts,
          },
    rbac: { ...evidence.rbac, bindings: [...evidence.rbac.bindings, ...draft.bindings.map(makeBinding)] },
  };
}

function makeEntry({ principalArn, type, username, groups, policies }: PlannedEntry, now: string): AccessEntry {
  const principal = parsePrincipal(principalArn);
  const node = isNodeType(type) ? type : null;
  return {
    principal,
    type,
    username: username ?? (node === null ? defaultUsername(principal) : nodeUsernameOf(node)),
    groups: node === null ? groups : listNodeEntryGroups(node),
    policies: policies.map((policy) => ({ ...policy, associatedAt: now, modifiedAt: now })),
    ...{ createdAt: now, modifiedAt: now, tags: {} },
    evidence: { source: 'eks-api', id: principalArn, at: null, file: null, line: 0 },
  };
}

function isNodeType(type: string): type is NodeEntryType {
  return type === 'EC2_LINUX' || type === 'EC2_WINDOWS' || type === 'FARGATE_LINUX';
}

/** What EKS makes by itself when access entries are turned on, for whoever created the cluster. */
function makeCreatorEntry({ principal }: Mapping, { cluster }: ClusterEvidence): AccessEntry {
  const name = 'AmazonEKSClusterAdminPolicy';
  const at = { associatedAt: null, modifiedAt: null };
  return {
    principal,
    type: 'STANDARD',
    username: defaultUsername(principal),
    groups: [],
    policies: [{ name, policyArn: accessPolicyArn(cluster, name), scope: { type: 'cluster' }, ...at }],
    ...{ createdAt: null, modifiedAt: null, tags: {} },
    evidence: { source: 'eks-api', id: principal.arn, at: null, file: null, line: 0 },
  };
}

function makeBinding({ kind, name, namespace, role, group }: PlannedBinding): Binding {
  return {
    ...{ kind, name, namespace, role },
    subjects: [{ kind: 'Group', name: group, namespace: null }],
    ...{ labels: {}, annotations: {}, createdAt: null },
    evidence: { source: 'rbac', id: `${kind}/${namespace ?? '-'}/${name}`, at: null, file: null, line: 0 },
  };
}
