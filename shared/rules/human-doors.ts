/** The rows of access into the ways by which people still get in as admin. */
import type { Access } from '../model/access.ts';
import { arnKey } from './arn.ts';
import { isAdminLevel } from './keyholders.ts';

const MACHINES: ReadonlySet<string> = new Set(['aws', 'node', 'workload', 'service']);

/** A principal that does not exist is no way in; one of which that is not known may be. */
export function listHumanDoors(access: readonly Access[]): readonly Access[] {
  return access.filter(
    ({ level, exists, kind, holder }) =>
      isAdminLevel(level) &&
      exists !== false &&
      !MACHINES.has(kind) &&
      (holder.kind === 'iam' || holder.kind === 'oidc-user' || holder.kind === 'oidc-group'),
  );
}

/** True when nobody but the principal of this ARN is an admin who can still log in. */
export function isOnlyDoor(arn: string, access: readonly Access[]): boolean {
  return listHumanDoors(access).every(
    ({ principalArn }) => principalArn !== null && arnKey(principalArn) === arnKey(arn),
  );
}
