/** A principal, and whoever runs the commands, into the commands by which kubectl then acts as that principal. */
import type { Principal } from '../model/principal.ts';
import { principalKey } from '../rules/arn.ts';
import { shellLine } from '../rules/shell.ts';
import { parseSsoRoleName } from '../rules/sso-roles.ts';
import type { Caller } from './caller.ts';
import { type Place, useCluster, type Word } from './commands.ts';

export function isCaller({ principal }: Caller, other: Principal): boolean {
  return principal !== null && principalKey(principal) === principalKey(other);
}

/** People sign in to such a role; nobody assumes it from another one. */
export function isSignedInTo({ name, type }: Principal): boolean {
  return type === 'role' && parseSsoRoleName(name) !== null;
}

/** `word`: what the commands name it by, where that is not its ARN as it stands. */
export function enterAs(
  cluster: Place,
  principal: Principal,
  { caller, word = principal.arn }: { readonly caller: Caller; readonly word?: Word },
): readonly string[] {
  if (isCaller(caller, principal)) return [useCluster(cluster, null)];
  if (isSignedInTo(principal)) return [shellLine('aws', 'sso', 'login'), useCluster(cluster, null)];
  return [useCluster(cluster, principal.type === 'role' ? word : null)];
}

/** What must be set for the commands to be those of the role; empty for any other principal. */
export function explainSignIn(principal: Principal): string {
  const set = parseSsoRoleName(principal.name)?.permissionSet;
  return set === undefined || principal.type !== 'role'
    ? ''
    : ` AWS_PROFILE has to name a profile of permission set ${set} in account ${principal.account}.`;
}
