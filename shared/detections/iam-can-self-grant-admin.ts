/** IAM principals that hold nothing in the cluster, and may give themselves all of it. */
import type { ShadowAdmin } from '../model/access.ts';
import type { Detection } from '../model/finding.ts';

export const iamCanSelfGrantAdmin: Detection = {
  id: 'iam-can-self-grant-admin',
  ref: 'IM-006',
  title: 'IAM principal that can make itself cluster admin',
  severity: 'high',
  needs: [['iam', 'eks-api/cluster', 'eks-api/access-entries', 'aws-auth', 'rbac']],
  why: 'The EKS and IAM APIs hand out cluster admin without asking the cluster: such a principal is one call away from it, and stands in no list of admins until it has made the call.',
  fix: 'Take the action out of its policies, limit it with the condition keys eks:policyArn and eks:accessScope, or deny it by a service control policy to all but the roles that need it.',
  blindSpots:
    'Service control policies and session policies can forbid what is shown here. Administrators of the account always can; they are listed together, once.',
  references: [
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
  ],
  attack: ['T1098.003', 'T1098.006'],
  cis: ['4.1.1'],
  *detect({ cluster, shadowAdmins: { administrators, others } }) {
    for (const shadow of others) {
      yield {
        subject: `iam:${shadow.principal.arn}`,
        // Of policies that nobody read it is only not known that they do not.
        severity: shadow.ways.some(({ certainty }) => certainty !== 'unknown') ? 'high' : 'medium',
        summary: `${shadow.principal.arn} holds no access to ${cluster.name} and may give itself admin: ${wordWays(shadow)}.`,
        evidence: shadow.evidence,
      };
    }
    if (administrators.length === 0) return;
    const names = administrators.map(({ name }) => name);
    yield {
      subject: `account:${cluster.account}`,
      severity: 'info',
      summary: `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''} may do everything in account ${cluster.account}, and so make themselves admin of ${cluster.name}.`,
      evidence: [{ source: 'iam', id: cluster.account, at: null, file: null, line: 0 }],
    };
  },
};

function wordWays({ ways }: ShadowAdmin): string {
  const words = ways.slice(0, 4).map(({ action, certainty, condition }) => {
    if (certainty === 'yes') return action;
    return certainty === 'conditional' ? `${action} if ${condition ?? 'a condition holds'}` : `perhaps ${action}`;
  });
  return ways.length > 4 ? `${words.join(', ')} and ${ways.length - 4} more` : words.join(', ');
}
