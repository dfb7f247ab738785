/** A role into whether AWS made it for one of its services: EKS takes no access entry for those. */
import type { Principal } from '../model/principal.ts';

/** `arn` as it is written: STS, and so aws-auth, leaves the path out. */
export function isServiceLinked({ name }: Pick<Principal, 'name'>, arn: string): boolean {
  return arn.includes('/aws-service-role/') || name.startsWith('AWSServiceRoleFor');
}
