/** The rows of access into whoever can become an admin, by keys that stay the same from one audit to the next. */
import type { Access, Person } from '../model/access.ts';
import { arnKey } from './arn.ts';
import { isAdminLevel } from './keyholders.ts';

/** One admin that somebody can become, and how. */
export interface WayIn {
  readonly person: Person;
  readonly row: Access;
}

export interface AdminPerson {
  readonly key: string;
  /** Never empty. */
  readonly ways: readonly WayIn[];
}

/** Services are no people, and whom a log alone shows was there before. */
export function listAdminPeople(access: readonly Access[]): readonly AdminPerson[] {
  const found = new Map<string, WayIn[]>();
  for (const row of access) {
    if (!isAdminLevel(row.level) || row.exists === false) continue;
    for (const person of row.people.list) {
      if (person.kind === 'service' || person.certainty === 'observed') continue;
      const ways = found.get(keyOf(person));
      if (ways === undefined) found.set(keyOf(person), [{ person, row }]);
      else ways.push({ person, row });
    }
  }
  return [...found].map(([key, ways]) => ({ key, ways })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The admins themselves, those that IAM no longer has as well: whoever makes one again is an admin as before. */
export function listAdminHolders(access: readonly Access[]): readonly string[] {
  return [...new Set(access.filter(({ level }) => isAdminLevel(level)).map(holderKey))].sort();
}

export function holderKey({ holder, principalArn }: Access): string {
  return principalArn === null ? `${holder.kind} ${holder.name}` : arnKey(principalArn);
}

/** False where somebody may stand behind an admin of whom nothing could be read. */
export function arePeopleKnown(access: readonly Access[]): boolean {
  return access.every(
    (row) => !isAdminLevel(row.level) || row.holder.kind !== 'iam' || row.people.status !== 'not-readable',
  );
}

/** Several people come through one role of Identity Center, and one person through several. */
function keyOf({ kind, name, principalArn }: Person): string {
  const who = principalArn === null ? '' : arnKey(principalArn);
  return kind === 'iam-user' || kind === 'iam-role' ? `${kind} ${who || name}` : `${kind} ${name} ${who}`.trimEnd();
}
