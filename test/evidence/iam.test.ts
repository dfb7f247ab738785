import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIam } from '../../shared/evidence/iam.ts';
import { accountDetails, parseDetails } from '../support/iam.ts';

const ALICE = { UserName: 'alice', UserId: 'AIDAALICE', Arn: 'arn:aws:iam::111122223333:user/alice' };
const ADMIN = {
  RoleName: 'admin',
  RoleId: 'AROAADMIN',
  Arn: 'arn:aws:iam::111122223333:role/admin',
  AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
};

describe('parseIam', () => {
  it('reads users and roles of one account, each pointing at its line', () => {
    const text = JSON.stringify(
      JSON.parse(accountDetails({ UserDetailList: [ALICE], RoleDetailList: [ADMIN] })),
      null,
      2,
    );

    const { iam, skips, complete, reason } = parseIam(text, '111122223333/iam.json');

    expect({ skips, complete, reason }).toEqual({ skips: [], complete: true, reason: null });
    expect(iam?.account).toBe('111122223333');
    expect(iam?.users.map((user) => [user.principal.name, user.evidence.line])).toEqual([['alice', 3]]);
    expect(iam?.roles.map((role) => [role.principal.uniqueId, role.evidence.line])).toEqual([['AROAADMIN', 11]]);
  });

  it('joins a list of pages', () => {
    const first = { UserDetailList: [ALICE], GroupDetailList: [], RoleDetailList: [], Policies: [], IsTruncated: true };
    const last = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [ADMIN], Policies: [], IsTruncated: false };

    const { iam, complete } = parseIam(JSON.stringify([first, last]), '111122223333/iam.json');

    expect([iam?.users.length, iam?.roles.length, complete]).toEqual([1, 1, true]);
  });

  it.each([
    ['IsTruncated', { IsTruncated: true }, 'the output breaks off before its last page (IsTruncated)'],
    ['a missing list', { GroupDetailList: undefined }, 'it has no GroupDetailList'],
    [
      'an item that is no role',
      { RoleDetailList: [ADMIN, 'x'] },
      '1 skipped: expected the details of a role with its Arn',
    ],
  ])('is not complete with %s, and says so', (_, lists, expected) => {
    const { iam, complete, reason } = parseDetails({ UserDetailList: [ALICE], ...lists });

    expect(iam?.users.length).toBe(1);
    expect({ complete, reason }).toEqual({ complete: false, reason: expected });
  });

  it('takes the account of empty details from the folder', () => {
    expect(parseIam(accountDetails({}), '444455556666/iam.json').iam).toEqual({
      account: '444455556666',
      roles: [],
      users: [],
      policies: [],
      groups: [],
    });
  });

  it('counts skipped items by reason and keeps the first as a sample', () => {
    const { skips } = parseDetails({ RoleDetailList: [ADMIN, { RoleName: 'a' }, { RoleName: 'b' }] });

    expect(skips).toEqual([
      {
        reason: 'expected the details of a role with its Arn',
        count: 2,
        sample: '{"RoleName":"a"}',
        file: '111122223333/iam.json',
        line: 1,
      },
    ]);
  });

  it.each([
    ['text that is no JSON', 'not json', 'expected a value, got "n" (line 1, column 1)'],
    [
      'another document',
      '{"Roles":[]}',
      'expected account details with UserDetailList, GroupDetailList, RoleDetailList, Policies, got none of them',
    ],
    ['an empty file', '', 'expected a value, got the end of the text (line 1, column 1)'],
  ])('refuses %s with the reason', (_, text, reason) => {
    const parsed = parseIam(text, '111122223333/iam.json');

    expect(parsed.iam).toBeNull();
    expect(parsed).toMatchObject({ complete: false, reason, skips: [{ reason, count: 1 }] });
  });

  it('takes any text and any shape without throwing', () => {
    const lists = fc.record({
      RoleDetailList: fc.anything(),
      UserDetailList: fc.array(fc.anything()),
      Policies: fc.json(),
    });
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), lists.map(accountDetails)), (text) => {
        const { skips, complete, iam } = parseIam(text, '111122223333/iam.json');
        expect(complete).toBe(complete && iam !== null && skips.length === 0);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
