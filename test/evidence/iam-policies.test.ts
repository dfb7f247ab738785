import { describe, expect, it } from 'vitest';
import { parseDetails } from '../support/iam.ts';

const STATEMENT = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' };
const DOCUMENT = { Version: '2012-10-17', Statement: [STATEMENT] };
const DEPLOY = {
  PolicyName: 'deploy',
  Arn: 'arn:aws:iam::111122223333:policy/deploy',
  DefaultVersionId: 'v2',
  PolicyVersionList: [
    { VersionId: 'v1', IsDefaultVersion: false, Document: { ...DOCUMENT, Statement: [] } },
    { VersionId: 'v2', IsDefaultVersion: true, Document: DOCUMENT },
  ],
};

function userWith(fields: object, lists: object = {}) {
  const alice = { UserName: 'alice', UserId: 'AIDAALICE', Arn: 'arn:aws:iam::111122223333:user/alice', ...fields };
  const { iam, skips } = parseDetails({ UserDetailList: [alice], ...lists });
  const user = iam?.users[0];
  return {
    policies: user?.policies.map(({ name, statements }) => [name, statements.length]),
    unread: user?.unreadPolicies,
    skips,
  };
}

function attached(...names: readonly string[]) {
  return names.map((name) => ({ PolicyName: name, PolicyArn: `arn:aws:iam::111122223333:policy/${name}` }));
}

describe('policies of account details', () => {
  it('gives a user inline, attached and group policies, the default version of each', () => {
    const group = {
      GroupName: 'ops',
      GroupPolicyList: [{ PolicyName: 'ops-inline', PolicyDocument: DOCUMENT }],
      AttachedManagedPolicies: attached('deploy'),
    };
    const fields = {
      GroupList: ['ops'],
      UserPolicyList: [{ PolicyName: 'own', PolicyDocument: encodeURIComponent(JSON.stringify(DOCUMENT)) }],
      AttachedManagedPolicies: attached('deploy'),
    };

    expect(userWith(fields, { GroupDetailList: [group], Policies: [DEPLOY] })).toEqual({
      policies: [
        ['own', 1],
        ['deploy', 1],
        ['ops-inline', 1],
        ['deploy', 1],
      ],
      unread: [],
      skips: [],
    });
  });

  it('finds the default version by DefaultVersionId when no version is marked', () => {
    const versions = DEPLOY.PolicyVersionList.map(({ VersionId, Document }) => ({ VersionId, Document }));

    const { policies } = userWith(
      { AttachedManagedPolicies: attached('deploy') },
      { Policies: [{ ...DEPLOY, PolicyVersionList: versions }] },
    );

    expect(policies).toEqual([['deploy', 1]]);
  });

  it('names attached policies whose text is missing, and groups that are not in the details', () => {
    const { policies, unread } = userWith({ AttachedManagedPolicies: attached('gone'), GroupList: ['ops'] });

    expect({ policies, unread }).toEqual({ policies: [], unread: ['gone', 'policies of group ops'] });
  });

  it.each(['AdministratorAccess', 'PowerUserAccess', 'IAMFullAccess'])(
    'knows the content of %s without its text',
    (name) => {
      const fields = { AttachedManagedPolicies: [{ PolicyName: name, PolicyArn: `arn:aws:iam::aws:policy/${name}` }] };

      expect(userWith(fields).policies?.map(([policy]) => policy)).toEqual([name]);
      expect(userWith(fields).unread).toEqual([]);
    },
  );

  it('does not take a customer policy called AdministratorAccess for the one of AWS', () => {
    expect(userWith({ AttachedManagedPolicies: attached('AdministratorAccess') })).toMatchObject({
      policies: [],
      unread: ['AdministratorAccess'],
    });
  });

  it('counts a statement that is not understood and names its policy as unread', () => {
    const inline = { PolicyName: 'odd', PolicyDocument: { Statement: [STATEMENT, { Effect: 'Allow' }] } };

    const { policies, unread, skips } = userWith({ UserPolicyList: [inline] });

    expect({ policies, unread }).toEqual({ policies: [['odd', 1]], unread: ['odd'] });
    expect(skips).toMatchObject([
      { reason: 'a policy that is not understood: statement 2: expected Action or NotAction, one of them', count: 1 },
    ]);
  });

  it.each([
    ['a managed policy without Arn', { Policies: [{ PolicyName: 'x' }] }],
    ['a group without GroupName', { GroupDetailList: [{}] }],
  ])('counts %s', (reason, lists) => {
    expect(userWith({}, lists).skips).toMatchObject([{ reason, count: 1 }]);
  });
});
