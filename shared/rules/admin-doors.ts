/** The rows of access into who is admin, and by which ways people still get in. */
import type { Access } from '../model/access.ts';
import { arnKey } from './arn.ts';
import { isAdminLevel } from './keyholders.ts';

const MACHINES: ReadonlySet<string> = new Set(['aws', 'node', 'workload', 'service']);

/** A principal that does not exist is no way in; one of which that is not known may be. */
export function listHumanDoors(access: readonly Access[]): readonly Access[] {
  return access.filter(
    (row) =>
      row.exists !== false &&
      !MACHINES.has(row.kind) &&
      (row.holder.kind === 'iam' || row.holder.kind === 'oidc-user' || row.holder.kind === 'oidc-group') &&
      isAdminLevel(row.level),
  );
}

/** True when nobody but the principal of this ARN is an admin who can still log in. */
export function isOnlyDoor(arn: string, access: readonly Access[]): boolean {
  return listHumanDoors(access).every(
    ({ principalArn }) => principalArn !== null && arnKey(principalArn) === arnKey(arn),
  );
}

const adminKeys = new WeakMap<readonly Access[], ReadonlySet<string>>();

/** IAM principals that are admins, by the key of their ARN; remembered, since every login asks. */
export function listHolderKeys(access: readonly Access[]): ReadonlySet<string> {
  const known = adminKeys.get(access);
  if (known !== undefined) return known;
  const keys = new Set(
    access.flatMap((row) => (row.principalArn !== null && isAdminLevel(row.level) ? [arnKey(row.principalArn)] : [])),
  );
  adminKeys.set(access, keys);
  return keys;
}
