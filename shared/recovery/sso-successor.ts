/** A role of Identity Center that is gone into the one that took its place under a new suffix. */
import type { Ref } from '../model/coverage.ts';
import type { Facts } from '../model/facts.ts';
import { parsePrincipal } from '../rules/arn.ts';
import { parseSsoRoleName } from '../rules/sso-roles.ts';

export interface Successor {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: string | null;
  readonly evidence: Ref;
}

/** Of the same permission set and account; null where there is none, or more than one. */
export function findSsoSuccessor(arn: string, { accounts }: Pick<Facts, 'accounts'>): Successor | null {
  const { name, account } = parsePrincipal(arn);
  const set = parseSsoRoleName(name)?.permissionSet;
  if (set === undefined) return null;
  const roles = accounts
    .flatMap(({ iam }) => iam?.roles ?? [])
    .filter(({ principal }) => principal.account === account && principal.name !== name)
    .filter(({ principal }) => parseSsoRoleName(principal.name)?.permissionSet === set);
  const [role, second] = roles;
  if (role === undefined || second !== undefined) return null;
  return { arn: role.principal.arn, name: role.principal.name, createdAt: role.createdAt, evidence: role.evidence };
}
