/** A row of aws-auth for an IAM principal that does not exist: whoever creates the name gets in. */

import type { Detection } from '../model/finding.ts';
import { isAdminDoor } from '../rules/keyholders.ts';
import { deleteIdentityMapping } from '../rules/remedies.ts';
import { wordUnreadDoors } from '../rules/unread-principals.ts';

export const awsAuthOrphanedMapping: Detection = {
  id: 'aws-auth-orphaned-mapping',
  ref: 'AA-010',
  title: 'aws-auth maps an IAM principal that does not exist',
  severity: 'medium',
  needs: [['aws-auth', 'iam', 'rbac']],
  why: 'aws-auth knows principals by name alone: whoever may create a user or role of this name, for a purpose that has nothing to do with the cluster, takes over what the row grants.',
  fix: 'Take the row out, unless the principal is about to be created again on purpose.',
  blindSpots:
    'A principal of an account whose IAM was not read in whole is unknown, not missing. Who may create the name is not worked out here.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
  ],
  attack: ['T1078.004', 'T1136.003'],
  cis: ['4.1.7'],
  findPartLack: ({ mappings }) => wordUnreadDoors(mappings.filter(({ row, inert }) => row !== null && inert === null)),
  *detect(facts) {
    for (const mapping of facts.mappings) {
      const { row, inert, exists, identity, evidence } = mapping;
      if (row === null || inert !== null || exists !== false) continue;
      const isAdmin = isAdminDoor(mapping, facts);
      yield {
        subject: `aws-auth:${row.arn}`,
        severity: isAdmin ? 'high' : 'medium',
        summary: `${row.arn} does not exist, and aws-auth still maps it${isAdmin ? ' as an admin' : ''}: whoever creates the name logs in as ${identity.username}.`,
        commands: deleteIdentityMapping(facts.cluster, row.arn),
        evidence,
      };
    }
  },
};
