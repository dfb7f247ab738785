import { describe, expect, it } from 'vitest';
import { listAccounts } from '../../shared/aws/account-list.ts';
import { openLiveAws } from '../support/live-aws.ts';

describe('listAccounts', () => {
  it('takes the accounts that are named as they are', async () => {
    const { access, aws } = await openLiveAws();

    expect(await listAccounts(access, ['444455556666', '111122223333'])).toEqual({
      accounts: ['444455556666', '111122223333'],
      gap: null,
    });
    expect(aws.calls).toEqual([]);
  });

  it('is this account alone where none is named', async () => {
    const { access } = await openLiveAws();

    expect(await listAccounts(access, [])).toEqual({ accounts: ['111122223333'], gap: null });
  });

  it('lists every account of the organisation, and those that are named beside', async () => {
    const { access } = await openLiveAws();

    const { accounts, gap } = await listAccounts(access, ['organization', '999988887777']);

    expect(gap).toBeNull();
    expect(accounts).toEqual(expect.arrayContaining(['111122223333', '444455556666', '999988887777']));
  });

  it('goes on with this account where the organisation lists none, and says why there may be more', async () => {
    const { access } = await openLiveAws({ caller: { deny: ['organizations:*'] } });

    const { accounts, gap } = await listAccounts(access, ['organization']);

    expect(accounts).toEqual(['111122223333']);
    expect(gap).toEqual({
      status: 'denied',
      reason:
        'organizations:ListAccounts on the organisation: denied (with an explicit deny in an identity-based policy)',
      mend: expect.stringContaining('"Action":"organizations:ListAccounts"'),
    });
  });
});
