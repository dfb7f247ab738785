import { describe, expect, it } from 'vitest';
import { parseDetails } from '../support/iam.ts';

const ROLE = {
  Path: '/platform/',
  RoleName: 'admin',
  RoleId: 'AROAADMIN',
  Arn: 'arn:aws:iam::111122223333:role/platform/admin',
  CreateDate: '2026-01-05T09:00:00+01:00',
  AssumeRolePolicyDocument: {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' },
  },
};

function parseRole(fields: object, lists: object = {}) {
  const parsed = parseDetails({ RoleDetailList: [{ ...ROLE, ...fields }], ...lists });
  return { ...parsed, role: parsed.iam?.roles[0] };
}

describe('roles and users of account details', () => {
  it('keeps path, unique id, creation, trust, tags, profiles and last use of a role', () => {
    const { role } = parseRole({
      Tags: [{ Key: 'team', Value: 'payments' }, { Key: 'empty', Value: '' }, 'odd'],
      InstanceProfileList: [{ InstanceProfileName: 'nodes', Arn: 'arn:aws:iam::111122223333:instance-profile/nodes' }],
      RoleLastUsed: { LastUsedDate: '2026-11-20T10:00:00Z', Region: 'eu-central-1' },
    });

    expect(role).toMatchObject({
      kind: 'role',
      principal: { name: 'admin', path: '/platform/', uniqueId: 'AROAADMIN', account: '111122223333' },
      createdAt: '2026-01-05T08:00:00Z',
      trust: { statements: [{ principals: { '*': ['*'] } }] },
      tags: { team: 'payments', empty: '' },
      instanceProfiles: ['arn:aws:iam::111122223333:instance-profile/nodes'],
      lastUsedAt: '2026-11-20T10:00:00Z',
      boundary: null,
    });
  });

  it('reads the groups of a user', () => {
    const alice = { UserName: 'alice', Arn: 'arn:aws:iam::111122223333:user/alice', GroupList: ['ops', 7] };

    expect(parseDetails({ UserDetailList: [alice] }).iam?.users[0]?.groups).toEqual(['ops']);
  });

  it('joins the boundary to its text, and marks one without text as unread', () => {
    const arn = 'arn:aws:iam::111122223333:policy/limit';
    const boundary = { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn } };
    const versions = [{ VersionId: 'v1', IsDefaultVersion: true, Document: { Version: '2012-10-17', Statement: [] } }];
    const text = { Policies: [{ PolicyName: 'limit', Arn: arn, PolicyVersionList: versions }] };

    expect(parseRole(boundary, text).role?.boundary).toMatchObject({ name: 'limit' });
    expect(parseRole(boundary).role?.boundary).toBe('unread');
    expect(parseRole({ PermissionsBoundary: {} }).role?.boundary).toBe('unread');
  });

  it('keeps a role whose trust policy is not understood, and is not complete', () => {
    const { role, complete, skips } = parseRole({ AssumeRolePolicyDocument: 'garbage' });

    expect(role?.trust.statements).toEqual([]);
    expect(complete).toBe(false);
    expect(skips).toMatchObject([
      { reason: 'a trust policy that is not understood: expected a policy document, got "garbage"', count: 1 },
    ]);
  });

  it.each([
    ['a user', 'arn:aws:iam::111122223333:user/admin'],
    ['nothing', ''],
    ['a session', 'arn:aws:sts::111122223333:assumed-role'],
  ])('skips a role whose Arn names %s', (_, arn) => {
    expect(parseRole({ Arn: arn }).skips).toMatchObject([{ reason: 'expected the details of a role with its Arn' }]);
  });
});
