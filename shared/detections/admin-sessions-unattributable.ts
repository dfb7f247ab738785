/** An admin role whose callers choose the name under which the logs show them. */

import type { Detection } from '../model/finding.ts';
import { listAdminRoles } from '../rules/admin-roles.ts';
import { showTrust } from '../rules/remedies.ts';
import { wordUnreadAdmins } from '../rules/unread-principals.ts';
import { hasFreeSessionNames } from '../rules/wide-trust.ts';

export const adminSessionsUnattributable: Detection = {
  id: 'admin-sessions-unattributable',
  ref: 'IM-008',
  title: 'Admin role whose sessions name nobody for certain',
  severity: 'medium',
  needs: [['iam', 'eks-api/cluster', 'eks-api/access-entries', 'aws-auth', 'rbac']],
  why: 'The audit log shows the role and the session name, and the session name is whatever the caller typed: after an incident the cluster cannot say which person it was, or names the wrong one.',
  fix: 'Add a condition to the trust policy: sts:RoleSessionName equal to the policy variable aws:username for IAM users, or sts:SourceIdentity for sessions that come from an identity provider.',
  blindSpots:
    'CloudTrail in the account of the caller still tells who made the AssumeRole call, for as long as it is kept. What a condition demands is not weighed, only that there is one.',
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html',
  ],
  attack: ['T1078.004'],
  cis: [],
  findPartLack: wordUnreadAdmins,
  *detect(facts) {
    for (const { row, role } of listAdminRoles(facts)) {
      if (!hasFreeSessionNames(role)) continue;
      yield {
        subject: `iam:${row.holder.name}`,
        summary: `Whoever assumes ${role.principal.name}, an admin of ${facts.cluster.name}, chooses the session name that the logs show: the trust policy asks for no sts:RoleSessionName and no sts:SourceIdentity.`,
        commands: [showTrust(role.principal.name)],
        evidence: [role.evidence],
      };
    }
  },
};
