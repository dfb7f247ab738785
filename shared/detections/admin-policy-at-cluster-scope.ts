/** AmazonEKSClusterAdminPolicy over the whole cluster: system:masters by another name. */
import type { Detection } from '../model/finding.ts';
import { dissociatePolicy } from '../rules/remedies.ts';

const POLICY = 'AmazonEKSClusterAdminPolicy';

export const adminPolicyAtClusterScope: Detection = {
  id: 'admin-policy-at-cluster-scope',
  ref: 'AE-001',
  title: 'Cluster-admin access policy at cluster scope',
  severity: 'critical',
  needs: [['eks-api/access-entries'], ['cloudtrail']],
  why: 'The principal may do anything in the cluster, secrets of every namespace included, and nothing of it shows in kubectl: the policy is no ClusterRoleBinding, and the login carries no system:masters.',
  fix: 'Take the policy away, or narrow it to the namespaces that are needed. Deleting the entry takes its policies along.',
  blindSpots:
    'Who can assume the role decides how many people this is: read the people of the holder. A policy associated and taken away again between two reads shows only in CloudTrail.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html'],
  attack: ['T1098.006', 'T1098.003'],
  cis: ['4.1.1', '4.1.7'],
  saysOnlyIsAdmin: true,
  *detect({ cluster, mappings }) {
    for (const { principal, policies, inert, evidence } of mappings) {
      const policy = policies.find(({ name, level }) => name === POLICY && level === 'cluster-admin');
      if (policy === undefined || inert !== null) continue;
      yield {
        subject: `iam:${principal.arn}`,
        summary: `${principal.arn} administers the whole cluster through ${POLICY}.`,
        commands: [dissociatePolicy(cluster, principal.arn, policy.policyArn)],
        at: policy.associatedAt,
        evidence,
      };
    }
  },
};
