/** An access entry that is bound to an earlier principal of the same name. */

import type { Detection } from '../model/finding.ts';
import { arnKey, principalKey } from '../rules/arn.ts';
import { isAdminDoor } from '../rules/keyholders.ts';
import { recreateAccessEntry } from '../rules/remedies.ts';
import { wordUnreadDoors } from '../rules/unread-principals.ts';

export const accessEntryDead: Detection = {
  id: 'access-entry-dead',
  ref: 'AE-011',
  title: 'Access entry of a principal that was created again',
  severity: 'medium',
  needs: [['eks-api/access-entries', 'iam']],
  why: 'EKS keeps the unique id of the principal that the entry was made for. The principal of today has another, so it is denied although EKS, IAM and Terraform all show the entry and the role in good order.',
  fix: 'Delete the entry and create it again: the new one is bound to the principal of today. Check first that the principal was created again by somebody who may hold its access.',
  blindSpots:
    'The id that EKS keeps is not readable: it is told by the dates of entry and principal, and by the ids that logged in. A permission set of Identity Center that is provisioned again gets a new name instead.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
  ],
  attack: ['T1531'],
  cis: [],
  findPartLack: ({ mappings }) => wordUnreadDoors(mappings.filter(({ entry }) => entry !== null)),
  *detect(facts) {
    const emergency = new Set(facts.config.breakGlass.map(({ principal }) => arnKey(principal)));
    for (const mapping of facts.mappings) {
      const { principal, entry, inert, evidence } = mapping;
      if (entry === null || inert !== 'principal-recreated') continue;
      const isWanted = isAdminDoor(mapping, facts) || emergency.has(principalKey(principal));
      const when = entry.createdAt === null ? '' : ` of ${entry.createdAt}`;
      yield {
        subject: `iam:${principal.arn}`,
        severity: isWanted ? 'high' : 'medium',
        summary: `The access entry${when} is bound to an earlier principal: ${principal.arn} was deleted and created again, and is denied.`,
        commands: recreateAccessEntry(facts.cluster, entry),
        evidence,
      };
    }
  },
};
