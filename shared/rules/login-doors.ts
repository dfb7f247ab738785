/** The doors of one principal into the one that the authenticator takes. */
import type { Mapping } from '../model/access.ts';
import { stripRolePath } from './arn.ts';

/** Rows are compared as text with what STS prints, whatever the letter case; `null` for a door that is no row. */
export function isWrittenFor({ row }: Pick<Mapping, 'row'>, stsArn: string): boolean {
  return row?.arn.toLowerCase() === stsArn.toLowerCase();
}

/** What STS prints: users with their path, roles without. */
export function stsArnOf({ principal }: Pick<Mapping, 'principal'>): string {
  return stripRolePath(principal.arn) ?? principal.arn;
}

/** EKS's own file (the creator) comes first, then access entries, then rows, then mapAccounts. `doors`: of one principal. */
export function findOpenDoor(doors: readonly Mapping[]): Mapping | null {
  const open = doors.filter(({ inert }) => inert === null);
  return (
    open.find(({ via }) => via === 'cluster-creator') ??
    open.find(({ via }) => via === 'access-entry') ??
    open.findLast((door) => door.row !== null && isWrittenFor(door, stsArnOf(door))) ??
    open.find(({ via, row }) => via === 'aws-auth' && row === null) ??
    null
  );
}
