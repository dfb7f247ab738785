import { describe, expect, test } from 'vitest';
import type { TracedGrant } from '../../shared/access/grants.ts';
import type { HolderDoors } from '../../shared/access/holders.ts';
import { makeRow, type RowSources, rankOf } from '../../shared/access/rows.ts';
import { indexUsage, type LogSight } from '../../shared/access/usage.ts';
import type { InertReason, Known } from '../../shared/model/access.ts';
import type { Usage } from '../../shared/model/evidence.ts';
import { grant, known, mapping, noneSeen, people, person, resolvedBinding, subject } from '../support/facts.ts';
import { usage } from '../support/usage.ts';

const sight = (seenFrom: string): LogSight => ({ isReadable: true, seenFrom, reason: null });
const BLIND: LogSight = { isReadable: false, seenFrom: null, reason: 'audit-log: denied' };

function sources(more: Partial<RowSources> = {}, uses: readonly Usage[] = []): RowSources {
  return {
    usage: indexUsage(uses),
    loginSight: sight('2026-08-23T00:00:00Z'),
    auditSight: sight('2026-11-01T00:00:00Z'),
    resolvePeople: () => people(person()),
    gradeHeld: () => ({ level: 'limited', reason: 'nothing more' }),
    ...more,
  };
}

const role: HolderDoors = {
  holder: { kind: 'iam', name: 'arn:aws:iam::111122223333:role/platform-admin' },
  mappings: [mapping()],
  subject: null,
  kind: 'role',
};

function bound(kind: 'User' | 'Group' | 'ServiceAccount', name: string): HolderDoors {
  return {
    holder: { kind: 'kubernetes-user', name },
    mappings: [],
    subject: subject(kind, name, 'ci'),
    kind: 'unknown',
  };
}

function traced(
  level: TracedGrant['grant']['level'],
  since: Known,
  binding: TracedGrant['binding'] = null,
): TracedGrant {
  return { grant: grant({ level, reason: `is ${level}` }), origin: { since, grantedBy: known('alice') }, binding };
}

const EARLY = known('2026-01-01T00:00:00Z');
const LATE = known('2026-06-01T00:00:00Z');

function rowOf(doors: HolderDoors, grants: readonly TracedGrant[], from: RowSources) {
  return makeRow(doors, { list: () => grants }, from);
}

describe('makeRow', () => {
  test('takes the highest grant for the level, and sorts the others below it', () => {
    const grants = [traced('limited', EARLY), traced('unknown', EARLY), traced('namespace-admin', EARLY)];

    const row = rowOf(role, grants, sources());

    expect([row.level, row.reason]).toEqual(['unknown', 'is unknown']);
    expect(row.grants.map(({ level }) => level)).toEqual(['unknown', 'namespace-admin', 'limited']);
  });

  test('grades what only RBAC names by its bindings, without asking since when they stand', () => {
    const bindings = [
      resolvedBinding({ level: 'limited' }),
      resolvedBinding({ level: 'namespace-admin', reason: 'b' }),
    ];
    const list = (): never => {
      throw new Error('expected nobody to ask');
    };

    const row = makeRow(bound('User', 'eve'), { list, bound: bindings }, sources());

    expect([row.level, row.reason]).toEqual(['namespace-admin', 'b']);
  });

  test('dates the level by the grants that give it, not by lesser ones that are older', () => {
    const row = rowOf(role, [traced('limited', EARLY), traced('cluster-admin', LATE)], sources());

    expect([row.since, row.grantedBy.value]).toEqual([LATE, 'alice']);
  });

  test('dates the level by the oldest of several grants that give it', () => {
    const row = rowOf(role, [traced('cluster-admin', LATE), traced('cluster-admin', EARLY)], sources());

    expect(row.since).toEqual(EARLY);
  });

  test('says that a grant of unknown age may be older than the oldest that is dated', () => {
    const grants = [traced('cluster-admin', LATE), traced('cluster-admin', noneSeen('2026-08-23T00:00:00Z'))];

    const { since } = rowOf(role, grants, sources());

    expect(since.value).toBe('2026-06-01T00:00:00Z');
    expect(since.reason).toBe('another of its grants is of unknown age and may be older');
  });

  test('says why no date is known', () => {
    const since = noneSeen('2026-08-23T00:00:00Z');

    expect(rowOf(role, [traced('cluster-admin', since)], sources()).since).toEqual(since);
  });

  test('grades what several bindings give together', () => {
    const gradeHeld: RowSources['gradeHeld'] = (held) => ({
      level: 'admin-equivalent',
      reason: `${held.length} together`,
    });
    const two = [resolvedBinding(), resolvedBinding({ name: 'other', namespace: 'dev' })];

    const row = rowOf(
      role,
      two.map((binding) => traced('limited', EARLY, binding)),
      sources({ gradeHeld }),
    );

    expect([row.level, row.reason]).toEqual(['admin-equivalent', '2 together']);
    expect(row.since).toEqual(EARLY);
  });

  test('does not grade one binding together with itself, through two groups', () => {
    const gradeHeld = (): never => {
      throw new Error('one binding is graded already');
    };
    const binding = resolvedBinding();

    const row = rowOf(
      role,
      [traced('limited', EARLY, binding), traced('limited', LATE, binding)],
      sources({ gradeHeld }),
    );

    expect(row.level).toBe('limited');
  });

  test('never lets the sum of bindings lower what one of them gives', () => {
    const grants = [traced('admin-equivalent', EARLY, resolvedBinding()), traced('limited', EARLY, resolvedBinding())];

    expect(rowOf(role, grants, sources()).level).toBe('admin-equivalent');
  });

  test.each([
    ['mode', 'it gets nothing: the authentication mode does not read this mapping'],
    ['overridden-by-entry', 'it gets nothing: an access entry of the same principal counts instead'],
    ['arn-never-matches', 'it gets nothing: no caller can match the ARN as it is written'],
    ['duplicate-row', 'it gets nothing: a later row with the same ARN counts instead'],
    ['sso-row', 'it gets nothing: EKS does not read sso rows'],
    ['principal-gone', 'it gets nothing: the entry is bound to a principal that no longer exists'],
    ['principal-recreated', 'it gets nothing: the entry is bound to an earlier principal of this name'],
    ['root', 'it gets nothing: EKS ignores an entry for the account root'],
    [null, 'it can log in and nothing more'],
  ] satisfies readonly (readonly [InertReason | null, string])[])('explains a door that is %s', (inert, reason) => {
    const row = rowOf({ ...role, mappings: [mapping({ inert })] }, [], sources());

    expect([row.level, row.reason, row.since.status, row.since.reason]).toEqual([
      'limited',
      reason,
      'none-seen',
      'it holds no grant',
    ]);
  });

  test('has no ARN for a creator that nobody knows', () => {
    const unknown = { ...role, holder: { kind: 'iam', name: 'the cluster creator (not known)' } } as const;

    expect(rowOf(unknown, [], sources()).principalArn).toBeNull();
    expect(rowOf(role, [], sources()).principalArn).toBe('arn:aws:iam::111122223333:role/platform-admin');
  });
});

describe('makeRow: last use', () => {
  const at = '2026-11-20T08:00:00Z';

  test('finds a principal by account and name, whatever path its ARN has', () => {
    const uses = [usage({ principalArn: 'arn:aws:iam::111122223333:role/team/platform-admin' })];

    expect(rowOf(role, [], sources({}, uses)).lastUsedAt).toMatchObject({ value: at, status: 'known' });
  });

  test.each([
    ['a user', bound('User', 'mallory'), { username: 'mallory' }],
    ['a group', bound('Group', 'admins'), { groups: ['admins'] }],
    ['a service account', bound('ServiceAccount', 'builder'), { username: 'system:serviceaccount:ci:builder' }],
  ])('finds %s by what the audit log calls it', (_what, doors, more) => {
    expect(rowOf(doors, [], sources({}, [usage(more)])).lastUsedAt.value).toBe(at);
  });

  test('says from when on a use would have been seen', () => {
    expect(rowOf(role, [], sources()).lastUsedAt).toMatchObject({
      value: null,
      status: 'none-seen',
      seenFrom: '2026-08-23T00:00:00Z',
    });
    expect(rowOf(bound('User', 'mallory'), [], sources()).lastUsedAt.seenFrom).toBe('2026-11-01T00:00:00Z');
  });

  test('says that nobody could have seen it', () => {
    expect(rowOf(bound('User', 'mallory'), [], sources({ auditSight: BLIND })).lastUsedAt).toEqual({
      value: null,
      status: 'not-readable',
      seenFrom: null,
      reason: 'audit-log: denied',
    });
  });
});

describe('rankOf', () => {
  test('puts unknown above what is known to be harmless, and below what makes an admin', () => {
    expect(rankOf('unknown')).toBeGreaterThan(rankOf('namespace-admin'));
    expect(rankOf('unknown')).toBeLessThan(rankOf('admin-equivalent'));
  });
});
