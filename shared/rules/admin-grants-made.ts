/** Records into whether they make somebody an admin of the cluster: by a policy, a binding or a row of aws-auth. */
import type { Facts } from '../model/facts.ts';
import type { EvidenceRecord } from '../model/records.ts';
import { findWrittenBinding, isChange } from './access-events.ts';
import { findAssociation } from './eks-calls.ts';
import { isAdminLevel, MASTERS } from './keyholders.ts';

/** What was made, for a sentence; null when nobody was made an admin. Where the roles were not read, cluster-admin counts by its name. */
export function findAdminGrant(record: EvidenceRecord, facts: Facts | null): string | null {
  const association = findAssociation(record, facts);
  if (association !== null && isAdminLevel(association.policy.level))
    return `${association.policy.name} for ${association.principalArn}`;
  if (!isChange(record) || record.verb === 'delete') return null;
  const binding = findWrittenBinding(record);
  if (binding !== null && binding.kind === 'ClusterRoleBinding') {
    const level = facts?.roles.find(({ kind, name }) => kind === 'ClusterRole' && name === binding.role.name)?.level;
    const isAdmin = level === undefined ? binding.role.name === 'cluster-admin' : isAdminLevel(level);
    return isAdmin ? `ClusterRoleBinding ${binding.name} to ${binding.role.name}` : null;
  }
  const rows = record.written?.kind === 'aws-auth' ? record.written.awsAuth.rows : [];
  return rows.some(({ groups }) => groups.includes(MASTERS)) ? 'aws-auth with rows in system:masters' : null;
}
