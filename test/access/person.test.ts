import { describe, expect, it } from 'vitest';
import { indexIam } from '../../shared/access/iam-index.ts';
import { comparePeople, describeCaller, keepBest, leadOn } from '../../shared/access/person.ts';
import type { Person } from '../../shared/model/access.ts';
import type { Answer } from '../../shared/rules/iam-truth.ts';

const ADMIN = 'arn:aws:iam::111122223333:role/admin';

function answer(decision: Answer['decision'], condition: string | null = null): Answer {
  return { decision, condition, because: 'trust' };
}

function person(more: Partial<Person> = {}): Person {
  const base = { name: 'alice', principalArn: null, kind: 'saml', path: ['alice', 'role/x'], condition: null } as const;
  return { ...base, certainty: 'yes', firstSeenAt: null, lastSeenAt: null, ...more };
}

describe('describeCaller', () => {
  it('cuts a condition that would fill pages', () => {
    const way = { answer: answer('conditional', 'x'.repeat(5000)), path: [ADMIN] };

    expect(describeCaller({ kind: 'everyone' }, way, indexIam([])).condition?.length).toBe(401);
  });
});

describe('leadOn', () => {
  const way = { answer: answer('conditional', 'mfa'), path: ['role/x', ADMIN] };

  it('goes on to the holder and takes the certainty and condition of the rest of the way', () => {
    expect(leadOn(person(), way)).toMatchObject({
      path: ['alice', 'role/x', ADMIN],
      certainty: 'conditional',
      condition: 'mfa',
    });
  });

  it('leaves what is unknown or observed as it is', () => {
    expect(leadOn(person({ certainty: 'observed', condition: 'seen' }), way)).toMatchObject({
      certainty: 'observed',
      condition: 'seen and mfa',
    });
  });
});

describe('keepBest', () => {
  it('keeps the more certain way, then the shorter', () => {
    const found = new Map<string, Person>();
    const long = person({ path: ['alice', 'role/y', 'role/x'] });

    for (const one of [person({ certainty: 'conditional' }), long, person(), person({ certainty: 'unknown' })])
      keepBest(found, one);

    expect([...found.values()]).toEqual([person()]);
  });

  it('keeps people of one name apart by kind', () => {
    const found = new Map<string, Person>();

    for (const kind of ['sso', 'saml'] as const) keepBest(found, person({ kind }));

    expect(found.size).toBe(2);
  });
});

describe('comparePeople', () => {
  it('sorts by certainty, length of the path, and name', () => {
    const people = [person({ certainty: 'observed' }), person({ name: 'bob' }), person()];

    expect(people.sort(comparePeople).map(({ name, certainty }) => `${name} ${certainty}`)).toEqual([
      'alice yes',
      'bob yes',
      'alice observed',
    ]);
  });
});
