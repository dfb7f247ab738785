import { describe, expect, it } from 'vitest';
import { listTakeovers } from '../../shared/access/admin-takeovers.ts';
import { indexIam } from '../../shared/access/iam-index.ts';
import { allow, iamRole, iamUser, policy, roleArn, userArn } from '../support/iam.ts';

const ADMINS = [iamRole('admin'), iamRole('ops'), iamUser('root-like')];
const NEEDS_SESSION = 'it can become that role already, and gains by what the policies then allow';

function ways(statements: readonly object[], entity: ReturnType<typeof iamUser | typeof iamRole> = iamUser('alice')) {
  const suspect = { ...entity, policies: [policy(...statements)] };
  return listTakeovers(suspect, ADMINS, indexIam([])).map(({ action, answer, targets }) => [
    action,
    answer.decision,
    answer.condition,
    targets,
  ]);
}

describe('listTakeovers', () => {
  it('finds whoever may change the trust of an admin role, and names the roles', () => {
    expect(ways([allow('iam:UpdateAssumeRolePolicy')])).toEqual([
      ['iam:UpdateAssumeRolePolicy', 'yes', null, [roleArn('admin'), roleArn('ops')]],
    ]);
    expect(ways([allow('iam:UpdateAssumeRolePolicy', roleArn('dev-*'))])).toEqual([]);
  });

  it('keeps the surest targets of an action', () => {
    const mfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
    const statements = [
      allow('iam:UpdateAssumeRolePolicy', roleArn('ops')),
      allow('iam:UpdateAssumeRolePolicy', '*', mfa),
    ];

    expect(ways(statements)).toEqual([['iam:UpdateAssumeRolePolicy', 'yes', null, [roleArn('ops')]]]);
  });

  it('finds whoever may make credentials of an admin user', () => {
    expect(
      ways([allow(['iam:CreateAccessKey', 'iam:CreateLoginProfile'])]).map(([action, , , targets]) => [
        action,
        targets,
      ]),
    ).toEqual([
      ['iam:CreateAccessKey', [userArn('root-like')]],
      ['iam:CreateLoginProfile', [userArn('root-like')]],
    ]);
  });

  it('takes policies of an admin role for a way only of those who can become it', () => {
    expect(ways([allow('iam:AttachRolePolicy')])).toEqual([
      ['iam:AttachRolePolicy', 'conditional', NEEDS_SESSION, [roleArn('admin'), roleArn('ops')]],
    ]);
  });

  it('finds whoever may give itself a policy, within the bounds of its boundary', () => {
    const bounded = iamUser('alice', { boundary: policy(allow('*')) });
    const limit = 'its permissions boundary allows what it gives itself';

    expect(ways([allow('iam:PutUserPolicy', userArn('*'))])).toEqual([
      ['iam:PutUserPolicy', 'yes', null, [userArn('alice')]],
    ]);
    expect(ways([allow('iam:PutUserPolicy')], bounded)).toEqual([
      ['iam:PutUserPolicy', 'conditional', limit, [userArn('alice')]],
    ]);
    expect(ways([allow('iam:PutRolePolicy', roleArn('ci'))], iamRole('ci'))).toEqual([
      ['iam:PutRolePolicy', 'yes', null, [roleArn('ci')]],
    ]);
    expect(ways([allow('iam:PutRolePolicy', roleArn('ci'))], iamRole('other'))).toEqual([]);
  });
});
