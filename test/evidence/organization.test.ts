import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseOrganization } from '../../shared/evidence/organization.ts';

const FILE = '111122223333/organization.json';
const DESCRIBED = { Organization: { Id: 'o-exampleorgid', MasterAccountId: '111122223333' } };
const LISTED = {
  Accounts: [
    { Id: '111122223333', Name: 'management', Status: 'ACTIVE' },
    { Id: '444455556666', Name: 'payments', Status: 'SUSPENDED' },
  ],
};
const ACCOUNTS = [
  { account: '111122223333', name: 'management', status: 'ACTIVE' },
  { account: '444455556666', name: 'payments', status: 'SUSPENDED' },
];

describe('parseOrganization', () => {
  it.each([
    ['one object', { ...DESCRIBED, ...LISTED }],
    ['a list of both outputs', [DESCRIBED, LISTED]],
    [
      'names without capitals',
      {
        organization: { id: 'o-exampleorgid' },
        accounts: ACCOUNTS.map(({ account, ...rest }) => ({ id: account, ...rest })),
      },
    ],
  ])('reads %s', (_, value) => {
    expect(parseOrganization(JSON.stringify(value), FILE)).toEqual({
      organization: { id: 'o-exampleorgid', accounts: ACCOUNTS },
      skips: [],
      complete: true,
      reason: null,
    });
  });

  it('takes the organisation id from the ARN of an account when it was not described', () => {
    const arn = 'arn:aws:organizations::111122223333:account/o-exampleorgid/444455556666';

    expect(
      parseOrganization(JSON.stringify({ Accounts: [{ Id: '444455556666', Arn: arn }] }), FILE).organization?.id,
    ).toBe('o-exampleorgid');
  });

  it('is not complete without accounts, with a cut list, or with an item that is no account', () => {
    const reasons = [DESCRIBED, { ...LISTED, NextToken: 'abc' }, { Accounts: [{}] }].map(
      (value) => parseOrganization(JSON.stringify(value), FILE).reason,
    );

    expect(reasons).toEqual([
      'its accounts are not listed',
      'the output breaks off before its last page (NextToken)',
      '1 skipped: an account without Id',
    ]);
  });

  it('refuses what is no organisation', () => {
    expect(parseOrganization('{"Roots":[]}', FILE)).toMatchObject({
      organization: null,
      complete: false,
      reason: 'expected Organization or Accounts, got neither',
    });
  });

  it('takes any text without throwing', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.anything().map((value) => JSON.stringify({ accounts: [value] })),
        ),
        (text) => {
          expect(parseOrganization(text, FILE)).toBeDefined();
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });
});
