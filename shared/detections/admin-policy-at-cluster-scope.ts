/** AmazonEKSClusterAdminPolicy over the whole cluster: system:masters by another name. */
import type { Facts } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import { nameActor } from '../rules/actors.ts';
import { arnKey, principalKey } from '../rules/arn.ts';
import { findAssociation, findPlace } from '../rules/eks-calls.ts';
import { listMastersRows } from '../rules/masters-rows.ts';
import { CLUSTER_ADMIN_POLICY, isWholeAdmin, wordUnknownScope } from '../rules/policy-reach.ts';
import { dissociatePolicy } from '../rules/remedies.ts';

export const adminPolicyAtClusterScope: Detection = {
  id: 'admin-policy-at-cluster-scope',
  ref: 'AE-001',
  title: 'Cluster-admin access policy at cluster scope',
  severity: 'critical',
  needs: [['eks-api/access-entries'], ['cloudtrail']],
  why: 'The principal may do anything in the cluster, secrets of every namespace included, and nothing of it shows in kubectl: the policy is no ClusterRoleBinding, and the login carries no system:masters.',
  fix: 'Take the policy away, or narrow it to the namespaces that are needed. Deleting the entry takes its policies along.',
  blindSpots:
    'Who can assume the role decides how many people this is: read the people of the holder. A policy associated and taken away again between two reads shows only in CloudTrail. What creator-is-admin or system-masters-mapping already says of the same principal is reported here as info.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html'],
  attack: ['T1098.006', 'T1098.003'],
  cis: ['4.1.1', '4.1.7'],
  saysOnlyIsAdmin: true,
  *detect(facts) {
    for (const { principal, policies, inert, evidence } of facts.mappings) {
      const policy = policies.find(isWholeAdmin);
      if (policy === undefined || inert !== null) continue;
      const told = findTold(principalKey(principal), facts);
      yield {
        subject: `iam:${principal.arn}`,
        severity: told === null ? 'critical' : 'info',
        summary: `${principal.arn} administers the whole cluster through ${CLUSTER_ADMIN_POLICY}.${told ?? ''}`,
        commands: [dissociatePolicy(facts.cluster, principal.arn, policy.policyArn)],
        at: policy.associatedAt,
        evidence,
      };
    }
  },
  *observe(record, facts) {
    const made = findAssociation(record, facts);
    if (made === null || !isWholeAdmin(made.policy)) return;
    const { event, principalArn, policy, isScopeKnown } = made;
    const place = findPlace(event, facts);
    const told = facts === null ? null : findTold(arnKey(principalArn), facts);
    yield {
      subject: `iam:${principalArn}`,
      severity: told === null ? 'critical' : 'info',
      summary: `${nameActor(event.actor)} made ${principalArn} admin of the whole cluster through ${CLUSTER_ADMIN_POLICY}.${wordUnknownScope(isScopeKnown)}${told ?? ''}`,
      commands: place === null ? [] : [dissociatePolicy(place, principalArn, policy.policyArn)],
      actor: nameActor(event.actor),
      evidence: [event.evidence],
    };
  },
};

/** The words that send the reader to the finding which says it already: the creator's own entry, and a migrated row. */
function findTold(key: string, { creator, mappings, cluster }: Facts): string | null {
  if (cluster.bootstrapCreatorAdmin === true && creator.principalArn !== null && arnKey(creator.principalArn) === key)
    return ' It created the cluster, which creator-is-admin reports.';
  return listMastersRows(mappings).has(key)
    ? ' It is in system:masters by aws-auth as well, which system-masters-mapping reports.'
    : null;
}
