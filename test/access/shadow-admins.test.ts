import { describe, expect, it } from 'vitest';
import { resolveShadowAdmins } from '../../shared/access/shadow-admins.ts';
import type { IamRole, IamUser } from '../../shared/model/iam.ts';
import { cluster } from '../support/facts.ts';
import { accountOf, allow, deny, iamRole, iamUser, OTHER, policy } from '../support/iam.ts';

const EVERYTHING = policy(allow('*'));
const GRANTS = policy(allow(['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy']));
const ADMIN = iamRole('admin', { policies: [GRANTS] });

function resolve(...entities: readonly (IamUser | IamRole)[]) {
  const { administrators, others } = resolveShadowAdmins(cluster(), [accountOf([ADMIN, ...entities])], () => [
    ADMIN.principal,
  ]);
  return {
    administrators: administrators.map(({ name }) => name),
    others: others.map(({ principal, ways }) => [principal.name, ways]),
  };
}

describe('resolveShadowAdmins', () => {
  it('lists account administrators once, denies in their own policies or not', () => {
    const guarded = iamRole('guarded', { policies: [EVERYTHING, policy(deny('eks:*'))] });

    expect(resolve(iamUser('alice', { policies: [EVERYTHING] }), guarded)).toEqual({
      administrators: ['alice', 'guarded'],
      others: [],
    });
  });

  it('takes nobody for an administrator whose boundary, condition or resource narrows it', () => {
    const bounded = iamUser('alice', { policies: [EVERYTHING], boundary: policy(allow('s3:*')) });
    const mfa = allow('*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } });
    const { administrators, others } = resolve(bounded, iamUser('bob', { policies: [policy(mfa)] }));

    expect(administrators).toEqual([]);
    expect(others.map(([name]) => name)).toEqual(['bob']);
  });

  it('lists others with their ways and points at them, without those who are admins already', () => {
    const carol = iamUser('carol', { policies: [GRANTS] });
    const { others } = resolveShadowAdmins(cluster(), [accountOf([ADMIN, carol, iamUser('dave')])], () => [
      ADMIN.principal,
    ]);

    expect(others).toEqual([
      {
        principal: carol.principal,
        ways: [{ action: 'eks:AssociateAccessPolicy', certainty: 'yes', condition: null }],
        evidence: [carol.evidence],
      },
    ]);
  });

  it('names the admins that a call is made on', () => {
    const { others } = resolve(iamUser('carol', { policies: [policy(allow('iam:UpdateAssumeRolePolicy'))] }));

    expect(others).toEqual([
      [
        'carol',
        [{ action: 'iam:UpdateAssumeRolePolicy', certainty: 'yes', condition: null, targets: [ADMIN.principal.arn] }],
      ],
    ]);
  });

  it('gives one unknown row for a principal whose policies were not read', () => {
    const { others } = resolve(iamUser('carol', { unreadPolicies: ['deploy'] }));

    expect(others).toEqual([
      [
        'carol',
        [
          {
            action: 'eks:AssociateAccessPolicy',
            certainty: 'unknown',
            condition: 'deploy, whose text was not read, allows it',
          },
        ],
      ],
    ]);
  });

  it('looks at the account of the cluster alone, and at nothing where its IAM was not read', () => {
    const there = accountOf([iamUser('eve', { account: OTHER, policies: [EVERYTHING] })], { account: OTHER });

    expect(resolveShadowAdmins(cluster(), [there], () => [])).toEqual({ administrators: [], others: [] });
  });
});
