/** An admin role whose trust policy lets in more than the principals it names. */

import type { Detection } from '../model/finding.ts';
import { listAdminRoles } from '../rules/admin-roles.ts';
import { showTrust } from '../rules/remedies.ts';
import { wordUnreadAdmins } from '../rules/unread-principals.ts';
import { listWideTrusts } from '../rules/wide-trust.ts';

export const adminRoleAssumableTooWidely: Detection = {
  id: 'admin-role-assumable-too-widely',
  ref: 'IM-002',
  title: 'Admin role that too many can assume',
  severity: 'high',
  needs: [['iam', 'eks-api/cluster', 'eks-api/access-entries', 'aws-auth', 'rbac']],
  why: 'Who is admin of the cluster is decided by the trust policy of the role: when that names an account and no principals, whoever writes a policy in the account makes admins, and nothing in the cluster shows it.',
  fix: 'Name the principals in the trust policy, or add a condition on aws:PrincipalArn; for an identity provider, on the sub of its tokens.',
  blindSpots:
    'A Deny in the trust policy, service control policies and session policies are not weighed. Roles of accounts whose IAM was not read cannot be judged.',
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
    'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  ],
  attack: ['T1078.004'],
  cis: ['4.1.1'],
  findPartLack: wordUnreadAdmins,
  *detect(facts) {
    const listed = facts.accounts.flatMap(({ organization }) => organization?.accounts ?? []);
    const organisation = listed.length === 0 ? null : new Set(listed.map(({ account }) => account));
    for (const { row, role } of listAdminRoles(facts)) {
      const wide = listWideTrusts(role, organisation);
      if (wide.length === 0) continue;
      yield {
        subject: `iam:${row.holder.name}`,
        summary: `${role.principal.name}, an admin of ${facts.cluster.name}, can be assumed by ${wide.slice(0, 3).join('; by ')}${wide.length > 3 ? `; and ${wide.length - 3} more` : ''}.`,
        commands: [showTrust(role.principal.name)],
        evidence: [role.evidence, ...row.grants.flatMap(({ evidence }) => evidence)],
      };
    }
  },
};
