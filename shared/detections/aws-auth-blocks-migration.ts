/** What aws-auth holds that access entries cannot, so that a move to mode API would lose it. */

import type { Mapping } from '../model/access.ts';
import type { Detection } from '../model/finding.ts';
import { MASTERS } from '../rules/keyholders.ts';
import { isNodeIdentity } from '../rules/node-identity.ts';
import { isServiceLinked } from '../rules/service-linked-roles.ts';
import { wordUnreadDoors } from '../rules/unread-principals.ts';

export const awsAuthBlocksMigration: Detection = {
  id: 'aws-auth-blocks-migration',
  ref: 'AA-012',
  title: 'aws-auth holds what access entries cannot',
  severity: 'info',
  needs: [['aws-auth', 'iam']],
  why: 'Mode API reads access entries alone. Some rows have no counterpart there: their access ends on the day of the switch, and the switch cannot be taken back.',
  fix: 'Settle these rows before the switch: map principals one by one instead of accounts, bind groups of your own instead of system: groups, and take out what nobody uses. keyholder migrate plans the rest, and proves that access stays.',
  blindSpots:
    'Whether a principal exists is known only where its IAM was read. Rows that convert, but differently, are told by migrate.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/migrating-access-entries.html'],
  attack: [],
  cis: ['4.1.7'],
  findPartLack: ({ mappings, cluster }) =>
    cluster.authenticationMode === 'API' ? null : wordUnreadDoors(mappings.filter(({ row }) => row !== null)),
  *detect({ awsAuth, mappings, cluster }) {
    if (awsAuth === null || cluster.authenticationMode === 'API') return;
    for (const { account, evidence } of awsAuth.accounts) {
      yield {
        subject: `account:${account}`,
        summary: `mapAccounts lets account ${account} log in: no access entry stands for a whole account.`,
        evidence: [evidence],
      };
    }
    for (const mapping of mappings) {
      const why = explain(mapping);
      if (mapping.row === null || why === null) continue;
      const { arn } = mapping.row;
      yield {
        subject: `aws-auth:${arn}`,
        summary: `${arn} cannot move to an access entry: ${why}.`,
        evidence: mapping.evidence,
      };
    }
  },
};

const CONVERTED: ReadonlySet<string> = new Set([MASTERS, 'system:nodes', 'system:bootstrappers']);

function explain({ row, principal, identity, exists }: Mapping): string | null {
  if (row === null) return null;
  if (isServiceLinked(principal, row.arn)) return 'EKS refuses entries for service-linked roles';
  if (exists === false) return 'EKS refuses an entry for a principal that does not exist';
  const group = identity.groups.find((name) => name.startsWith('system:') && !CONVERTED.has(name));
  if (group === undefined || isNodeIdentity(identity)) return null;
  return `EKS refuses groups that begin with system:, and it is in ${group}`;
}
