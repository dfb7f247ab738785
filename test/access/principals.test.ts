import { describe, expect, it } from 'vitest';
import { findIamPrincipal } from '../../shared/access/principals.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { coverage } from '../support/coverage.ts';
import { accountOf, iamRole, iamUser } from '../support/iam.ts';

const ADMIN = parsePrincipal('arn:aws:iam::111122223333:role/admin');
const HOME = accountOf([iamRole('platform/admin'), iamUser('alice')]);
const PARTIAL = accountOf([iamUser('alice')], { coverage: [coverage('iam', 'partial', { reason: 'IsTruncated' })] });

describe('findIamPrincipal', () => {
  it('finds a role by its ARN without path and gives the path, the unique id and the creation', () => {
    expect(findIamPrincipal(ADMIN, [HOME])).toMatchObject({
      exists: true,
      arn: 'arn:aws:iam::111122223333:role/platform/admin',
      uniqueId: 'AROAPLATFORMADMIN',
      createdAt: '2026-01-05T08:00:00Z',
      user: null,
    });
  });

  it('finds the role of a session', () => {
    expect(findIamPrincipal(parsePrincipal('arn:aws:sts::111122223333:assumed-role/admin/alice'), [HOME]).exists).toBe(
      true,
    );
  });

  it('says that a principal does not exist when its IAM was read in whole', () => {
    const bob = parsePrincipal('arn:aws:iam::111122223333:user/bob');

    expect(findIamPrincipal(bob, [HOME])).toMatchObject({ exists: false, reason: null });
  });

  it('does not know when IAM was read in part, but believes what it saw', () => {
    expect(findIamPrincipal(ADMIN, [PARTIAL])).toMatchObject({
      exists: null,
      reason: 'IAM of account 111122223333 was read in part: IsTruncated',
    });
    expect(findIamPrincipal(parsePrincipal('arn:aws:iam::111122223333:user/alice'), [PARTIAL]).exists).toBe(true);
  });

  it('does not know of an account that was not read', () => {
    const denied = accountOf([], { iam: null, coverage: [coverage('iam', 'denied', { reason: 'AccessDenied' })] });

    expect(findIamPrincipal(ADMIN, [denied])).toMatchObject({
      exists: null,
      reason: 'IAM of account 111122223333 was not read: AccessDenied',
    });
    expect(findIamPrincipal(ADMIN, [])).toMatchObject({
      exists: null,
      reason: 'IAM of account 111122223333 was not read',
    });
  });

  it('knows that the root of an account exists, and that IAM does not keep federated users', () => {
    expect(findIamPrincipal(parsePrincipal('arn:aws:iam::444455556666:root'), []).exists).toBe(true);
    expect(findIamPrincipal(parsePrincipal('arn:aws:sts::111122223333:federated-user/eve'), [HOME]).exists).toBeNull();
  });

  it.each([
    ['older than the mapping', '2026-02-01T00:00:00Z', false],
    ['younger than the mapping', '2026-01-01T00:00:00Z', true],
    ['compared with no time', null, null],
  ])('tells whether a principal was created again: %s', (_, at, expected) => {
    expect(findIamPrincipal(ADMIN, [HOME]).recreatedAfter(at)).toBe(expected);
  });

  it('takes another unique id for a principal created again, whatever the times', () => {
    const before = parsePrincipal('arn:aws:iam::111122223333:role/admin', 'AROAOLD');

    expect(findIamPrincipal(before, [HOME]).recreatedAfter(null)).toBe(true);
  });
});
