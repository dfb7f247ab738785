import { describe, expect, test } from 'vitest';
import { foldByCause } from '../../shared/findings/telling.ts';
import type { Notice } from '../../shared/model/notice.ts';
import type { RememberedFinding } from '../../shared/model/remembered.ts';
import { notice, remembered } from '../support/notices.ts';

const ALICE = 'arn:aws:iam::111122223333:role/alice';
const BOB = 'arn:aws:iam::111122223333:role/bob';

interface Given {
  readonly id: string;
  readonly cause?: string;
  readonly detection?: string;
  readonly subject?: RememberedFinding['subject'];
  readonly actor?: string | null;
  readonly cluster?: string;
  readonly kind?: 'new' | 'expired';
  /** Of its acceptance. */
  readonly expires?: string;
}

function change(given: Given): Notice {
  const { id, cause = 'AssociateAccessPolicy', subject = `iam:${id}`, actor = ALICE, cluster = 'payments' } = given;
  const { kind = 'new', detection = `${id}-happened` } = given;
  const finding = remembered({
    fingerprint: id,
    detection,
    subject,
    actor,
    cluster: { arn: `arn:aws:eks:eu-west-1:111122223333:cluster/${cluster}`, name: cluster, life: null },
    acceptance:
      given.expires === undefined ? null : { owner: 'o', reason: 'r', expires: given.expires, isInForce: false },
    change: { number: 1, kind, cause, at: '2026-11-21T08:01:00Z' },
  });
  return notice({ finding, origin: { actor, session: null, sourceIp: null } });
}

function fold(...given: readonly Given[]): readonly (readonly string[])[] {
  return foldByCause(given.map(change)).map(({ head, others }) =>
    [head, ...others].map(({ finding }) => finding.fingerprint),
  );
}

describe('foldByCause', () => {
  test('tells together what one actor did to a cluster by one kind of call', () => {
    expect(fold({ id: 'a' }, { id: 'b' })).toEqual([['a', 'b']]);
  });

  test('tells together what one actor did to one thing, by whatever calls', () => {
    const deleted = { id: 'a', cause: 'DeleteRole', subject: 'aws-auth:role' } as const;
    const created = { id: 'b', cause: 'CreateRole', subject: 'iam:role' } as const;

    expect(fold(deleted, created)).toEqual([['a', 'b']]);
  });

  test('tells together what one actor did to one effect, by whatever calls', () => {
    const one = { id: 'a', cause: 'PutRolePolicy', detection: 'admin-people-grew' } as const;

    expect(fold(one, { ...one, id: 'b', cause: 'UpdateAssumeRolePolicy' })).toEqual([['a', 'b']]);
  });

  test('tells together what a third change joins', () => {
    const first = { id: 'a', cause: 'one', subject: 'iam:x' } as const;
    const second = { id: 'b', cause: 'two', subject: 'iam:y' } as const;
    const joining = { id: 'c', cause: 'two', subject: 'iam:x' } as const;

    expect(fold(first, { id: 'z', cause: 'three' }, second, joining)).toEqual([['a', 'b', 'c'], ['z']]);
  });

  test.each([
    ['of another actor', { actor: BOB }],
    ['of nobody that is known', { actor: null }],
    ['on another cluster', { cluster: 'orders' }],
    ['by another call to another thing', { cause: 'CreateAccessEntry' }],
    ['that ran out by itself', { kind: 'expired' }],
  ] as const)('tells alone a change %s', (_what, more) => {
    expect(fold({ id: 'a' }, { id: 'b', ...more })).toEqual([['a'], ['b']]);
  });

  test('tells together the acceptances of a cluster that ran out on one day, or were taken out', () => {
    const one = { kind: 'expired', expires: '2027-01-01T00:00:00Z' } as const;
    const other = { kind: 'expired', expires: '2027-02-01T00:00:00Z' } as const;
    const gone = { kind: 'expired' } as const;

    expect(
      fold({ id: 'a', ...one }, { id: 'b', ...one }, { id: 'c', ...other }, { id: 'd', ...gone }, { id: 'e', ...gone }),
    ).toEqual([['a', 'b'], ['c'], ['d', 'e']]);
    expect(fold({ id: 'a', ...one }, { id: 'b', ...one, cluster: 'orders' })).toEqual([['a'], ['b']]);
  });

  test('takes two unknown actors of one thing for two', () => {
    const one = { id: 'a', actor: null, cause: 'one', subject: 'aws-auth' } as const;

    expect(fold(one, { ...one, id: 'b', cause: 'two' })).toEqual([['a'], ['b']]);
  });

  test('tells first who can administer the cluster now, under the severity of the worst', () => {
    const other = change({ id: 'a' });
    const deleted = { ...other, finding: { ...other.finding, severity: 'critical' as const }, isGrant: false };
    const grant = change({ id: 'b' });
    const [told] = foldByCause([deleted, { ...grant, finding: { ...grant.finding, severity: 'high' } }]);

    expect(told?.head.finding.fingerprint).toBe('b');
    expect(told?.severity).toBe('critical');
  });

  test('tells a finding once, as it stands after the last of its changes, wherever that came', () => {
    const created = change({ id: 'a' });
    const worse = {
      ...created.finding,
      severity: 'critical',
      change: { ...created.finding.change, number: 3 },
    } as const;
    const between = { ...created.finding, change: { ...created.finding.change, number: 2 } };
    const last = { ...created, finding: { ...worse, summary: 'Worse.' } };
    const first = { ...created, finding: { ...created.finding, severity: 'high' as const } };
    const middle = { ...created, finding: between };
    const [told, ...others] = foldByCause([first, last, middle, change({ id: 'b' })]);

    expect(others).toEqual([]);
    expect(told?.head.finding).toMatchObject({ summary: 'Worse.', change: { number: 3 } });
    expect(told?.others.map(({ finding }) => finding.fingerprint)).toEqual(['b']);
    expect(told?.overtaken.map(({ finding }) => finding.change.number)).toEqual([2, 1]);
  });

  test('names everybody who gained by a change of a finding, the latest first', () => {
    const first = { ...change({ id: 'a' }), gainers: [ALICE] };
    const second = {
      ...first,
      gainers: [BOB],
      finding: { ...first.finding, change: { ...first.finding.change, number: 2 } },
    };

    expect(foldByCause([first, second, { ...change({ id: 'b' }), gainers: [ALICE, ALICE] }])).toMatchObject([
      { head: { gainers: [BOB, ALICE] }, others: [{ gainers: [ALICE, ALICE] }] },
    ]);
  });

  test('names a finding that was told alone by the last of its changes', () => {
    const first = change({ id: 'a' });
    const second = { ...first, finding: { ...first.finding, change: { ...first.finding.change, number: 2 } } };

    expect(foldByCause([first, second])).toMatchObject([{ deduplicationId: 'a-2', others: [] }]);
  });

  test('names a telling of other changes by another id', () => {
    const names = [[{ id: 'a' }], [{ id: 'a' }, { id: 'b' }]].map(
      (given) => foldByCause(given.map(change))[0]?.deduplicationId,
    );

    expect(names[0]).toBe('a-1');
    expect(names[1]).toMatch(/^[0-9a-f]{40}$/);
  });
});
