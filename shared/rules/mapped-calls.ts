/** IAM principals into the doors of a cluster that name them, and whether one of those makes an admin. */
import type { Mapping } from '../model/access.ts';
import type { Facts } from '../model/facts.ts';
import { arnKey, principalKey } from './arn.ts';
import { isAdminDoor } from './keyholders.ts';

/** Doors that do not open any more, too. */
export function listDoorsOf(arn: string, { mappings }: Pick<Facts, 'mappings'>): readonly Mapping[] {
  const key = arnKey(arn);
  return mappings.filter(({ principal }) => principalKey(principal) === key);
}

/** Doors of the principal that make it an admin, or would if they opened. The hidden door of a creator always does. */
export function listAdminDoorsOf(
  arn: string,
  facts: Pick<Facts, 'mappings' | 'bindingsBySubject'>,
): readonly Mapping[] {
  return listDoorsOf(arn, facts).filter((door) => door.via === 'cluster-creator' || isAdminDoor(door, facts));
}
