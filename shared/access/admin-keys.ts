/** The rows of access into the principals whose IAM decides who is admin, by the key under which records of one meet. */
import type { Access } from '../model/access.ts';
import { arnKey } from '../rules/arn.ts';
import { isAdminLevel } from '../rules/keyholders.ts';

/** Those that hold admin, and those that stand behind one that does. */
export function listAdminKeys(access: readonly Access[]): ReadonlySet<string> {
  const arns = access
    .filter(({ level }) => isAdminLevel(level))
    .flatMap(({ principalArn, people }) => [principalArn, ...people.list.map((person) => person.principalArn)]);
  return new Set(arns.flatMap((arn) => (arn === null ? [] : [arnKey(arn)])));
}
