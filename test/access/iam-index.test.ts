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

  it('says why an account is not complete', () => {
    const partial = accountOf([], { coverage: [coverage('iam', 'partial', { reason: 'IsTruncated' })] });

    expect(indexIam([partial]).ofAccount('111122223333')).toMatchObject({
      isComplete: false,
      reason: 'IAM of account 111122223333 was read in part: IsTruncated',
    });
  });

  it('does not take IAM without a coverage row for complete', () => {
    expect(indexIam([accountOf([], { coverage: [] })]).ofAccount('111122223333')?.isComplete).toBe(false);
  });
});
