/** An admin role with which nodes or pods run. */

import type { Detection } from '../model/finding.ts';
import { listAdminRoles } from '../rules/admin-roles.ts';
import { showTrust } from '../rules/remedies.ts';
import { wordUnreadAdmins } from '../rules/unread-principals.ts';
import { findWorkload } from '../rules/workload-trust.ts';

export const workloadRoleIsAdmin: Detection = {
  id: 'workload-role-is-admin',
  ref: 'IM-010',
  title: 'Admin role that nodes or pods run with',
  severity: 'critical',
  needs: [
    [
      'iam',
      'eks-api/cluster',
      'eks-api/access-entries',
      'aws-auth',
      'rbac',
      'eks-api/node-groups',
      'eks-api/fargate-profiles',
      'eks-api/pod-identity',
    ],
  ],
  why: 'Any program on such a machine gets the credentials of the role from the metadata service or from its pod: one flaw in one workload, and its finder is admin of the cluster through AWS.',
  fix: 'Give the workload a role of its own that holds nothing in the cluster, and take the mapping of this one away. Controllers that manage clusters need a service account, or an access policy on the namespaces that they work in.',
  blindSpots:
    'Workloads of another kind, such as build jobs or Lambda functions, are not told apart from people here. Instances started with the role by hand are known by its instance profile alone.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html',
  ],
  attack: ['T1078.004'],
  cis: ['4.1.1', '5.2.1'],
  findPartLack: wordUnreadAdmins,
  *detect(facts) {
    for (const { row, role } of listAdminRoles(facts)) {
      const workload = findWorkload(role, facts.workloadRoles);
      if (workload === null) continue;
      yield {
        subject: `iam:${row.holder.name}`,
        summary: `${role.principal.name} is an admin of ${facts.cluster.name} and the role of ${workload}: ${row.reason}.`,
        commands: [showTrust(role.principal.name)],
        evidence: [role.evidence, ...row.grants.flatMap(({ evidence }) => evidence)],
      };
    }
  },
};
