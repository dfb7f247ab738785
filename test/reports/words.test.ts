import { describe, expect, test } from 'vitest';
import {
  shortenArn,
  tellCount,
  tellDay,
  tellGap,
  tellHolder,
  tellList,
  tellMoment,
} from '../../shared/reports/words.ts';
import { known, noneSeen, notReadable } from '../support/facts.ts';

describe('words', () => {
  test('tells days and moments, and leaves what is no time', () => {
    expect(tellDay('2026-08-03T10:00:00Z')).toBe('3 Aug 2026');
    expect(tellMoment('2026-11-21T03:00:00Z')).toBe('21 Nov 2026 03:00 UTC');
    expect(tellMoment('2026-11-21')).toBe('21 Nov 2026');
    expect(tellDay('soon')).toBe('soon');
    expect(tellDay('2026-99-01')).toBe('2026-99-01');
  });

  test('tells why a fact is missing', () => {
    expect(tellGap(known('x'))).toBeNull();
    expect(tellGap(noneSeen('2026-08-23T00:00:00Z'))).toBe('not seen since 23 Aug 2026, the first day we can see');
    expect(tellGap({ ...noneSeen('x'), seenFrom: null, reason: 'it holds no grant' })).toBe(
      'not seen: it holds no grant',
    );
    expect(tellGap(notReadable('no logs'))).toBe('not readable: no logs');
  });

  test('shortens ARNs of principals, and names the account when it is another', () => {
    const sso = 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_1';

    expect(shortenArn(sso, '111122223333')).toBe('role/AWSReservedSSO_Admin_1');
    expect(shortenArn('arn:aws:iam::444455556666:user/bob', '111122223333')).toBe('444455556666:user/bob');
    expect(shortenArn('arn:aws:iam::111122223333:root', '111122223333')).toBe('root');
    expect(shortenArn('arn:aws:iam::111122223333:role', '111122223333')).toBe('arn:aws:iam::111122223333:role');
    expect(shortenArn('alice', '111122223333')).toBe('alice');
  });

  test('names holders of every kind', () => {
    expect(tellHolder({ kind: 'service-account', name: 'payments/app' }, '')).toBe('service account payments/app');
    expect(tellHolder({ kind: 'oidc-group', name: 'ops' }, '')).toBe('OIDC group ops');
  });

  test('counts and lists', () => {
    expect([tellCount(1, 'record'), tellCount(2, 'record'), tellCount(0, 'identity', 'identities')]).toEqual([
      '1 record',
      '2 records',
      '0 identities',
    ]);
    expect([tellList(['a', 'b'], 2), tellList(['a', 'b', 'c'], 2)]).toEqual(['a, b', 'a, b and 1 more']);
  });
});
