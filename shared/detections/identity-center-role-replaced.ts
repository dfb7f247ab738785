/** A mapping to a role of Identity Center that was made anew under another suffix. */

import type { Mapping } from '../model/access.ts';
import type { Facts } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import type { IamRole } from '../model/iam.ts';
import { BACK_UP_AWS_AUTH, deleteAccessEntry, EDIT_AWS_AUTH, recreateAccessEntry } from '../rules/remedies.ts';
import { parseSsoRoleName } from '../rules/sso-roles.ts';
import { wordUnreadDoors } from '../rules/unread-principals.ts';

export const identityCenterRoleReplaced: Detection = {
  id: 'identity-center-role-replaced',
  ref: 'IM-007',
  title: 'Mapping to an Identity Center role that has a new suffix',
  severity: 'high',
  needs: [['iam', 'eks-api/access-entries', 'aws-auth']],
  why: 'Identity Center makes the role of a permission set again with another suffix when it is provisioned anew, and the mapping still names the old one: everybody who came in by it is locked out, and nothing in the cluster says why.',
  fix: 'Map the new role, check that a login works, and delete the old mapping.',
  blindSpots:
    'Whether the old role is gone can be told only for accounts whose IAM was read in whole. The new role may trust other people than the old one did.',
  references: ['https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html'],
  attack: ['T1531'],
  cis: [],
  findPartLack: ({ mappings }) =>
    wordUnreadDoors(mappings.filter(({ principal }) => parseSsoRoleName(principal.name) !== null)),
  *detect(facts) {
    for (const mapping of facts.mappings) {
      const { principal, exists, evidence } = mapping;
      const old = parseSsoRoleName(principal.name);
      if (exists !== false || old === null) continue;
      const successor = findSuccessor(facts, mapping, old.permissionSet);
      if (successor === null) continue;
      yield {
        subject: `iam:${principal.arn}`,
        summary: `The permission set ${old.permissionSet} has a new role, ${successor.principal.name}, and ${facts.cluster.name} still maps ${principal.name}, which does not exist any more.`,
        commands: listCommands(facts, mapping, successor),
        at: successor.createdAt,
        evidence: [...evidence, successor.evidence],
      };
    }
  },
};

/** The youngest of that permission set, which is none of those that are mapped already. */
function findSuccessor({ accounts, mappings }: Facts, { principal }: Mapping, permissionSet: string): IamRole | null {
  const mapped = new Set(mappings.map((mapping) => mapping.principal.name));
  const roles = accounts
    .filter(({ account }) => account === principal.account)
    .flatMap(({ iam }) => iam?.roles ?? [])
    .filter(({ principal: { name } }) => parseSsoRoleName(name)?.permissionSet === permissionSet && !mapped.has(name));
  return roles.sort((a, b) => ((a.createdAt ?? '') < (b.createdAt ?? '') ? 1 : -1))[0] ?? null;
}

function listCommands({ cluster }: Facts, { entry, row }: Mapping, { principal }: IamRole): readonly string[] {
  if (row !== null) return [BACK_UP_AWS_AUTH, EDIT_AWS_AUTH];
  if (entry === null) return [];
  const username = entry.username.replace(entry.principal.name, () => principal.name);
  const [, ...create] = recreateAccessEntry(cluster, { ...entry, principal, username });
  return [...create, deleteAccessEntry(cluster, entry.principal.arn)];
}
