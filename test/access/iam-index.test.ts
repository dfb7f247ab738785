import { describe, expect, it } from 'vitest';
import { indexIam } from '../../shared/access/iam-index.ts';
import { coverage } from '../support/coverage.ts';
import { accountOf, iamRole, iamUser } from '../support/iam.ts';

describe('indexIam', () => {
  it('finds a role by name in any letter case and without its path', () => {
    const index = indexIam([accountOf([iamRole('platform/Admin')])]);

    expect(index.ofAccount('111122223333')?.find('111122223333:role/admin')?.principal.arn).toBe(
      'arn:aws:iam::111122223333:role/platform/Admin',
    );
  });

  it('finds by unique id across accounts', () => {
    const other = accountOf([iamUser('bob', { account: '444455556666' })], { account: '444455556666' });

    expect(indexIam([accountOf([]), other]).findByUniqueId('AIDABOB')?.principal.account).toBe('444455556666');
  });

  it('knows no account whose IAM was not read', () => {
    expect(indexIam([accountOf([], { iam: null })]).ofAccount('111122223333')).toBeNull();
  });

  it('says what is missing of an account, and nothing when nothing is', () => {
    const partial = accountOf([], { coverage: [coverage('iam', 'partial', { reason: 'IsTruncated' })] });
    const denied = accountOf([], { account: '444455556666', iam: null, coverage: [coverage('iam', 'denied')] });
    const index = indexIam([partial, denied, accountOf([], { account: '777788889999' })]);

    expect(['111122223333', '444455556666', '777788889999', '000000000000'].map(index.findGap)).toEqual([
      'IAM of account 111122223333 was read in part: IsTruncated',
      'IAM of account 444455556666 was not read: iam was denied',
      null,
      'IAM of account 000000000000 was not read',
    ]);
  });

  it('does not take IAM without a coverage row for complete', () => {
    expect(indexIam([accountOf([], { coverage: [] })]).ofAccount('111122223333')?.isComplete).toBe(false);
  });

  it('knows the organisation and the names of its accounts from whichever account lists them', () => {
    const accounts = [{ account: '444455556666', name: 'payments', status: 'ACTIVE' }];
    const index = indexIam([accountOf([], { organization: { id: 'o-exampleorgid', accounts } })]);

    expect(index.findOrganization('444455556666')).toBe('o-exampleorgid');
    expect(index.nameOf('444455556666')).toBe('payments');
    expect(index.findOrganization('111122223333')).toBeNull();
  });

  it('is remembered for the same accounts in another order, and only for them', () => {
    const home = accountOf([]);
    const other = accountOf([], { account: '444455556666' });

    expect(indexIam([other, home])).toBe(indexIam([home, other]));
    expect(indexIam([home])).not.toBe(indexIam([home, other]));
  });
});
