/** An admin that has not logged in for a quarter of a year. */
import type { Mapping } from '../model/access.ts';
import type { Facts } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import { arnKey, principalKey } from '../rules/arn.ts';
import { deleteAccessEntry, deleteIdentityMapping } from '../rules/remedies.ts';
import { findSight, listUnusedAdmins, UNUSED_DAYS } from '../rules/unused-admins.ts';

export const adminUnused: Detection = {
  id: 'admin-unused',
  ref: 'IM-009',
  title: 'Admin that nobody uses',
  severity: 'medium',
  needs: [['authenticator-log', 'eks-api/cluster', 'eks-api/access-entries', 'aws-auth', 'rbac']],
  why: 'A grant that nobody uses protects nobody and still opens the cluster to whoever gets hold of the principal; when it is needed again it can be given again.',
  fix: 'Take the mapping away. If it is kept for emergencies, declare the principal under breakGlass in keyholder.yml, so that it is tested and not reported.',
  blindSpots:
    'Only a log that was read in whole over all those days can show that somebody was not there. Grants younger than that, and rights that came only lately to an old mapping, are not weighed apart.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
  ],
  attack: ['T1078.004'],
  cis: ['4.1.1'],
  findLack: (facts) => (findSight(facts) === null ? `no authenticator log of ${UNUSED_DAYS} days in whole` : null),
  *detect(facts) {
    for (const { row, lastUsedAt, seenFrom } of listUnusedAdmins(facts)) {
      const seen =
        lastUsedAt === null ? `not seen since ${seenFrom}, the first day we can see` : `last seen at ${lastUsedAt}`;
      yield {
        subject: `iam:${row.holder.name}`,
        summary: `${row.holder.name} is an admin of ${facts.cluster.name} and has not logged in for ${UNUSED_DAYS} days: ${seen}.`,
        commands: listCommands(row.holder.name, facts),
        evidence: row.grants.flatMap(({ evidence }) => evidence),
      };
    }
  },
};

function listCommands(arn: string, { mappings, cluster }: Facts): readonly string[] {
  const isOwn = ({ principal, inert }: Mapping): boolean => inert === null && principalKey(principal) === arnKey(arn);
  return mappings.filter(isOwn).flatMap(({ entry, row }) => {
    if (entry !== null) return [deleteAccessEntry(cluster, entry.principal.arn)];
    return row === null ? [] : deleteIdentityMapping(cluster, row.arn);
  });
}
