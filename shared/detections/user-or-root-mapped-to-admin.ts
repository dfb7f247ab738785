/** An IAM user, or the account root, that aws-auth makes admin. */
import type { Detection } from '../model/finding.ts';
import { isBreakGlass } from '../rules/declared.ts';
import { isAdminDoor } from '../rules/keyholders.ts';
import { deleteIdentityMapping } from '../rules/remedies.ts';

export const userOrRootMappedToAdmin: Detection = {
  id: 'user-or-root-mapped-to-admin',
  ref: 'AA-014',
  title: 'IAM user or root mapped to admin',
  severity: 'high',
  needs: [['aws-auth', 'rbac']],
  why: 'A user signs in with keys that do not run out, mostly without a second factor, and the root user is held by no policy: either of them, lost once, is admin of the cluster until somebody notices.',
  fix: 'Map a role instead, and let people assume it. A user that is kept for emergencies belongs into breakGlass, with its keys under lock.',
  blindSpots:
    'Declared break-glass users are left out. Users who reach admin by assuming a role are told by the people of that role.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
  ],
  attack: ['T1078.004'],
  cis: ['4.1.1'],
  *detect(facts) {
    for (const mapping of facts.mappings) {
      const { row, inert, principal, identity, evidence } = mapping;
      if (row === null || inert !== null || !isAdminDoor(mapping, facts)) continue;
      if ((principal.type !== 'user' && principal.type !== 'root') || isBreakGlass(row.arn, facts)) continue;
      const what =
        principal.type === 'root' ? `The root user of account ${principal.account}` : `IAM user ${principal.name}`;
      yield {
        subject: `aws-auth:${row.arn}`,
        summary: `${what} is an admin by aws-auth, as ${identity.username} in ${identity.groups.join(', ') || 'no group'}.`,
        commands: deleteIdentityMapping(facts.cluster, row.arn),
        evidence,
      };
    }
  },
};
