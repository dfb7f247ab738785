/** One way into a role into a person of the report, and the best of several ways to the same person. */
import type { Person } from '../model/access.ts';
import type { Caller } from '../rules/iam-context.ts';
import { type Answer, both } from '../rules/iam-truth.ts';
import { compareText } from '../rules/text-order.ts';
import type { IamIndex } from './iam-index.ts';

/** The rest of the way, from a role to the holder. */
export interface Way {
  readonly answer: Answer;
  readonly path: readonly string[];
}

const UNSEEN = { firstSeenAt: null, lastSeenAt: null };

/** `answer` of the way is that of the whole: from the caller to the holder. */
export function describeCaller(caller: Exclude<Caller, { kind: 'provider' }>, way: Way, index: IamIndex): Person {
  const { name, principalArn, kind } = nameCaller(caller, index);
  return {
    name,
    principalArn,
    kind,
    path: [principalArn ?? name, ...way.path],
    certainty: way.answer.decision === 'no' ? 'unknown' : way.answer.decision,
    condition: shorten(way.answer.condition),
    ...UNSEEN,
  };
}

function nameCaller(
  caller: Exclude<Caller, { kind: 'provider' }>,
  index: IamIndex,
): Pick<Person, 'name' | 'principalArn' | 'kind'> {
  switch (caller.kind) {
    case 'user':
    case 'role':
      return { name: caller.principal.name, principalArn: caller.principal.arn, kind: `iam-${caller.kind}` };
    case 'service':
      return { name: caller.name, principalArn: null, kind: 'service' };
    case 'everyone':
      return { name: 'any AWS account', principalArn: null, kind: 'account' };
    case 'account': {
      const called = index.nameOf(caller.account);
      const principalArn = `arn:${caller.partition}:iam::${caller.account}:root`;
      return {
        name: `account ${caller.account}${called === null ? '' : ` (${called})`}`,
        principalArn,
        kind: 'account',
      };
    }
  }
}

/** A person of a role on the way, seen from the holder. */
export function leadOn(person: Person, { answer, path }: Way): Person {
  const condition = both(person.condition ?? true, answer.condition ?? true);
  const isOpen = person.certainty === 'unknown' || person.certainty === 'observed' || answer.decision === 'no';
  const certainty = isOpen || answer.decision === 'yes' ? person.certainty : answer.decision;
  return {
    ...person,
    path: [...person.path, ...path.slice(1)],
    certainty,
    condition: typeof condition === 'string' ? shorten(condition) : null,
  };
}

const RANK: Readonly<Record<Person['certainty'], number>> = { yes: 0, conditional: 1, unknown: 2, observed: 3 };

/** Keeps the more certain way to a person, and of equally certain ones the shorter. */
export function keepBest(found: Map<string, Person>, person: Person): void {
  const key = `${person.kind} ${person.principalArn ?? person.name}`;
  const known = found.get(key);
  if (known === undefined || comparePeople(person, known) < 0) found.set(key, person);
}

export function comparePeople(a: Person, b: Person): number {
  return RANK[a.certainty] - RANK[b.certainty] || a.path.length - b.path.length || compareText(a.name, b.name);
}

const CONDITION_LENGTH = 400;

/** Policies with many conditional statements would fill pages. */
function shorten(condition: string | null): string | null {
  if (condition === null || condition.length <= CONDITION_LENGTH) return condition;
  return `${condition.slice(0, CONDITION_LENGTH)}…`;
}
