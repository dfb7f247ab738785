import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIdentityCenter } from '../../shared/evidence/identity-center.ts';

const SET = 'arn:aws:sso:::permissionSet/ssoins-1/ps-1';
const FILE = '111122223333/identity-center.json';

function assignment(type: string, id: string, more: object = {}) {
  return { accountId: '111122223333', permissionSetArn: SET, principalType: type, principalId: id, ...more };
}

function parse(lists: object) {
  const base = {
    permissionSets: [{ name: 'Admin', permissionSetArn: SET }],
    users: [
      { userId: 'u-1', userName: 'alice', displayName: 'Alice Example' },
      { userId: 'u-2', userName: 'bob' },
    ],
    groups: [{ groupId: 'g-1', displayName: 'ops', members: ['u-1', 'u-2'] }],
  };
  const parsed = parseIdentityCenter(JSON.stringify({ ...base, ...lists }), FILE);
  const rows = parsed.assignments?.map(({ account, permissionSet, user, group }) => [
    account,
    permissionSet,
    user,
    group,
  ]);
  return { ...parsed, rows };
}

describe('parseIdentityCenter', () => {
  it('reads a direct assignment, with the display name where given', () => {
    const { assignments, complete } = parse({ accountAssignments: [assignment('USER', 'u-1')] });

    expect(complete).toBe(true);
    expect(assignments).toEqual([
      {
        account: '111122223333',
        permissionSet: 'Admin',
        user: 'alice (Alice Example)',
        userName: 'alice',
        group: null,
        evidence: { source: 'identity-center', id: 'u-1', at: null, file: FILE, line: 1 },
      },
    ]);
  });

  it('gives one row for each member of an assigned group', () => {
    expect(parse({ accountAssignments: [assignment('GROUP', 'g-1')] }).rows).toEqual([
      ['111122223333', 'Admin', 'alice (Alice Example)', 'ops'],
      ['111122223333', 'Admin', 'bob', 'ops'],
    ]);
  });

  it('reads the outputs of the command line as they are, capitals and wrappings and all', () => {
    const text = JSON.stringify({
      PermissionSets: [{ PermissionSet: { Name: 'Admin', PermissionSetArn: SET } }],
      AccountAssignments: [
        { AccountId: '111122223333', PermissionSetArn: SET, PrincipalType: 'GROUP', PrincipalId: 'g-1' },
      ],
      Users: [{ UserId: 'u-1', UserName: 'alice', Emails: [{ Value: 'alice@example.com', Primary: true }] }],
      Groups: [{ GroupId: 'g-1', DisplayName: 'ops' }],
      GroupMemberships: [{ GroupId: 'g-1', MembershipId: 'm-1', MemberId: { UserId: 'u-1' } }],
    });

    expect(parseIdentityCenter(text, FILE)).toMatchObject({
      assignments: [{ user: 'alice (alice@example.com)', group: 'ops' }],
      complete: true,
    });
  });

  it('keeps a group whose members were not read as a row that says so', () => {
    const { assignments, complete, reason } = parse({ accountAssignments: [assignment('GROUP', 'g-9')] });

    expect(assignments).toMatchObject([{ user: 'members of group g-9', group: 'g-9', membersUnread: true }]);
    expect({ complete, reason }).toEqual({
      complete: false,
      reason: 'the members of 1 assigned groups are not in the file',
    });
  });

  it('gives no row for a group that is known to be empty', () => {
    const lists = { groups: [{ groupId: 'g-1', members: [] }], accountAssignments: [assignment('GROUP', 'g-1')] };

    expect(parse(lists)).toMatchObject({ rows: [], complete: true });
  });

  it('names a user by id when the directory does not hold it', () => {
    expect(parse({ accountAssignments: [assignment('USER', 'u-9')] }).rows).toEqual([
      ['111122223333', 'Admin', 'user u-9', null],
    ]);
  });

  it.each([
    [
      'without an account',
      assignment('USER', 'u-1', { accountId: 7 }),
      'an assignment without accountId, permissionSetArn, principalType or principalId',
    ],
    [
      'of a permission set without name',
      assignment('USER', 'u-1', { permissionSetArn: 'x' }),
      'an assignment of a permission set whose name is not in the file',
    ],
  ])('counts an assignment %s', (_, row, reason) => {
    const parsed = parse({ accountAssignments: [row] });

    expect(parsed).toMatchObject({ assignments: [], complete: false, skips: [{ reason, count: 1 }] });
  });

  it('is not complete when the output was cut', () => {
    expect(parse({ accountAssignments: [], NextToken: 'abc' })).toMatchObject({
      complete: false,
      reason: 'the output breaks off before its last page (NextToken)',
    });
  });

  it('refuses a file without assignments', () => {
    expect(parse({})).toMatchObject({ assignments: null, reason: 'expected accountAssignments, got none' });
  });

  it('takes any text without throwing', () => {
    const lists = fc.record({
      accountAssignments: fc.array(fc.anything()),
      groups: fc.anything(),
      users: fc.anything(),
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          lists.map((value) => JSON.stringify(value)),
        ),
        (text) => {
          expect(parseIdentityCenter(text, FILE)).toBeDefined();
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });
});
