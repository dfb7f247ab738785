/** What keyholder.yml declares of a principal: approved as admin, or kept for emergencies. */
import type { ApprovedAdmin, BreakGlass } from '../model/config.ts';
import type { Cluster } from '../model/eks.ts';
import type { Facts } from '../model/facts.ts';
import { arnKey } from './arn.ts';

export function isApprovedAdmin(name: string, { config, cluster }: Pick<Facts, 'config' | 'cluster'>): boolean {
  return isDeclared(config.approvedAdmins, name, cluster);
}

export function isBreakGlass(name: string, { config, cluster }: Pick<Facts, 'config' | 'cluster'>): boolean {
  return isDeclared(config.breakGlass, name, cluster);
}

/** By account, type and name of an ARN; a Kubernetes user by its very name. */
function isDeclared(declared: readonly (ApprovedAdmin | BreakGlass)[], name: string, cluster: Cluster): boolean {
  return declared.some(
    ({ principal, clusters }) =>
      (clusters.length === 0 || clusters.includes(cluster.name) || clusters.includes(cluster.arn)) &&
      (principal === name || (principal.startsWith('arn:') && arnKey(principal) === arnKey(name))),
  );
}
