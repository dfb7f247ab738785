/** The rows of access into the IAM roles behind the admins, where the IAM of their accounts was read. */
import type { Access } from '../model/access.ts';
import type { Facts } from '../model/facts.ts';
import type { IamRole } from '../model/iam.ts';
import { parsePrincipal } from './arn.ts';
import { findIamRole } from './iam-roles.ts';
import { isAdminLevel } from './keyholders.ts';

export interface AdminRole {
  readonly row: Access;
  readonly role: IamRole;
}

/** Without those of AWS itself: nobody but AWS can change whom a service-linked role trusts. */
export function listAdminRoles({ access, accounts }: Pick<Facts, 'access' | 'accounts'>): readonly AdminRole[] {
  return access.flatMap((row) => {
    if (row.principalArn === null || row.exists === false || row.kind === 'aws' || !isAdminLevel(row.level)) return [];
    const role = findIamRole(accounts, parsePrincipal(row.principalArn));
    return role === null ? [] : [{ row, role }];
  });
}
