/** What keyholder.yml declares of a principal: approved as admin, or kept for emergencies. */
import type { Access } from '../model/access.ts';
import type { ApprovedAdmin, BreakGlass, TemporaryGrant } from '../model/config.ts';
import type { Cluster } from '../model/eks.ts';
import type { Facts } from '../model/facts.ts';
import { arnKey } from './arn.ts';

export function isApprovedAdmin(name: string, { config, cluster }: Pick<Facts, 'config' | 'cluster'>): boolean {
  return isDeclared(config.approvedAdmins, name, cluster);
}

export function isBreakGlass(name: string, { config, cluster }: Pick<Facts, 'config' | 'cluster'>): boolean {
  return isDeclared(config.breakGlass, name, cluster);
}

/** Whether one is declared for the cluster at all. */
export function hasBreakGlass({ config, cluster }: Pick<Facts, 'config' | 'cluster'>): boolean {
  return config.breakGlass.some((one) => isFor(one, cluster));
}

export function listTemporaryGrants({ config, cluster }: Pick<Facts, 'config' | 'cluster'>): readonly TemporaryGrant[] {
  return (config.temporaryGrants ?? []).filter((grant) => isFor(grant, cluster));
}

/** Whether a row of access is that of the declared principal; a group is declared as `group <name>`. */
export function isHolder(declared: string, { principalArn, holder }: Pick<Access, 'principalArn' | 'holder'>): boolean {
  if (principalArn !== null) return isSamePrincipal(declared, principalArn);
  const { kind, name } = holder;
  if (kind === 'service-account') return declared === `system:serviceaccount:${name.replace('/', ':')}`;
  return declared === (kind.endsWith('-group') ? `group ${name}` : name);
}

function isDeclared(declared: readonly (ApprovedAdmin | BreakGlass)[], name: string, cluster: Cluster): boolean {
  return declared.some((one) => isFor(one, cluster) && isSamePrincipal(one.principal, name));
}

function isFor({ clusters }: Pick<ApprovedAdmin, 'clusters'>, { name, arn }: Cluster): boolean {
  return clusters.length === 0 || clusters.includes(name) || clusters.includes(arn);
}

/** By account, type and name of an ARN; a Kubernetes user by its very name. */
export function isSamePrincipal(declared: string, name: string): boolean {
  return declared === name || (declared.startsWith('arn:') && arnKey(declared) === arnKey(name));
}
