/** The rows of access into whoever can become an admin, by keys that stay the same from one audit to the next. */
import type { Access, Person } from '../model/access.ts';
import { arnKey } from './arn.ts';
import { isAdminLevel } from './keyholders.ts';

export interface AdminPerson {
  readonly key: string;
  readonly person: Person;
  /** The admins that this one can become. */
  readonly rows: readonly Access[];
}

/** Services are no people, and whom a log alone shows was there before. */
export function listAdminPeople(access: readonly Access[]): readonly AdminPerson[] {
  const found = new Map<string, { readonly person: Person; readonly rows: Access[] }>();
  for (const row of access) {
    if (!isAdminLevel(row.level) || row.exists === false) continue;
    for (const person of row.people.list) {
      if (person.kind === 'service' || person.certainty === 'observed') continue;
      const known = found.get(keyOf(person));
      if (known === undefined) found.set(keyOf(person), { person, rows: [row] });
      else known.rows.push(row);
    }
  }
  return [...found].map(([key, one]) => ({ key, ...one })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** False where somebody may stand behind an admin of whom nothing could be read. */
export function arePeopleKnown(access: readonly Access[]): boolean {
  return access.every(
    ({ level, holder, people }) => !isAdminLevel(level) || holder.kind !== 'iam' || people.status !== 'not-readable',
  );
}

/** Several people come through one role of Identity Center, and one person through several. */
function keyOf({ kind, name, principalArn }: Person): string {
  const who = principalArn === null ? '' : arnKey(principalArn);
  return kind === 'iam-user' || kind === 'iam-role' ? `${kind} ${who || name}` : `${kind} ${name} ${who}`.trimEnd();
}
