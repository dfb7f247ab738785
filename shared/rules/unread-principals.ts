/** Doors and admins of which the IAM that was read says nothing, into why silence about them is no answer. */
import type { Access, Mapping } from '../model/access.ts';
import type { Facts } from '../model/facts.ts';
import { listAdminRoles } from './admin-roles.ts';
import { parsePrincipal } from './arn.ts';
import { isAdminLevel } from './keyholders.ts';

const MOST_NAMED = 3;

/** null where IAM says of each whether it exists: those of accounts that were not read it does not. */
export function wordUnreadDoors(doors: readonly Mapping[]): string | null {
  const unread = doors.filter(({ principal, exists }) => exists === null && isOfIam(principal));
  return wordUnread(unread.map(({ principal }) => principal.arn));
}

/** null where the trust policy of each admin role was read. */
export function wordUnreadAdmins(facts: Pick<Facts, 'access' | 'accounts'>): string | null {
  const read = new Set(listAdminRoles(facts).map(({ row }) => row));
  return wordUnread(facts.access.flatMap((row) => (isUnread(row, read) ? [row.holder.name] : [])));
}

function isUnread(row: Access, read: ReadonlySet<Access>): boolean {
  if (row.principalArn === null || row.exists !== null || row.kind === 'aws' || !isAdminLevel(row.level)) return false;
  return parsePrincipal(row.principalArn).type === 'role' && !read.has(row);
}

function isOfIam({ type }: Mapping['principal']): boolean {
  return type === 'role' || type === 'user';
}

function wordUnread(arns: readonly string[]): string | null {
  const names = [...new Set(arns)].sort();
  if (names.length === 0) return null;
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return `no IAM that was read tells of ${names.slice(0, MOST_NAMED).join(', ')}${more}`;
}
