import { describe, expect, it } from 'vitest';
import { decideCandidate, hasAssumeSource, listCandidateGroups } from '../../shared/access/assume-sources.ts';
import { indexIam } from '../../shared/access/iam-index.ts';
import type { AccountEvidence } from '../../shared/model/evidence.ts';
import type { Caller } from '../../shared/rules/iam-context.ts';
import { coverage } from '../support/coverage.ts';
import { accountOf, allow, HOME, iamRole, iamUser, OTHER, policy, roleArn, trusts, userArn } from '../support/iam.ts';

const MAY_ASSUME = [policy(allow('sts:AssumeRole'))];

/** Whom the trust lets in, among alice, bob and carol (who may assume), the ops role, and strangers. */
function sources(
  trust: readonly object[],
  others: readonly AccountEvidence[] = [],
  more: Partial<AccountEvidence> = {},
) {
  const role = iamRole('admin', { trust: policy(...trust) });
  const home = accountOf(
    [iamUser('alice'), iamUser('bob'), iamUser('carol', { policies: MAY_ASSUME }), iamRole('ops'), role],
    more,
  );
  const index = indexIam([home, ...others]);
  return [...new Set(listCandidateGroups(role, index).flat())]
    .filter((caller) => caller !== role)
    .map((caller) => `${nameOf(caller)} ${decideCandidate(caller, role, index).decision}`)
    .filter((row) => !row.endsWith(' no'));
}

function nameOf(caller: Caller): string {
  if (caller.kind === 'everyone') return caller.kind;
  if (caller.kind === 'account') return `account ${caller.account}`;
  return `${caller.kind} ${'principal' in caller ? caller.principal.name : caller.name}`;
}

describe('candidates of a role', () => {
  it('finds principals by ARN, by unique id and by session, and passes over deleted ones', () => {
    const names = [
      userArn('alice'),
      'AIDABOB',
      'AIDADELETED',
      userArn('mallory'),
      `arn:aws:sts::${HOME}:assumed-role/ops/ci`,
    ];

    expect(sources([trusts({ AWS: names })])).toEqual(['user alice yes', 'user bob yes', 'role ops conditional']);
  });

  it('takes everyone for the whole account, those of other accounts who may assume, and the rest of the world', () => {
    const there = accountOf(
      [iamUser('dora', { account: OTHER, policies: MAY_ASSUME }), iamUser('eve', { account: OTHER })],
      { account: OTHER },
    );

    expect(sources([trusts('*')], [there])).toEqual([
      'user alice yes',
      'user bob yes',
      'user carol yes',
      'role ops yes',
      'user dora yes',
      'everyone unknown',
    ]);
  });

  it('takes NotPrincipal for everyone but those it names', () => {
    const trust = { Effect: 'Allow', NotPrincipal: { AWS: [userArn('alice')] }, Action: 'sts:AssumeRole' };

    expect(sources([trust])).toEqual(['user bob yes', 'user carol yes', 'role ops yes', 'everyone unknown']);
  });

  it('takes the account for those of its principals who may assume at all', () => {
    expect(sources([trusts({ AWS: `arn:aws:iam::${HOME}:root` })])).toEqual(['user carol yes']);
  });

  it('keeps the account itself open when its IAM was read in part', () => {
    const partial = { coverage: [coverage('iam', 'partial')] };

    expect(sources([trusts({ AWS: HOME })], [], partial)).toEqual(['user carol yes', `account ${HOME} unknown`]);
  });

  it('keeps a principal of an account that was not read as unknown', () => {
    expect(sources([trusts({ AWS: [roleArn('deploy', OTHER), userArn('dora', OTHER)] })])).toEqual([
      'role deploy unknown',
      'user dora unknown',
    ]);
  });

  it('names services and identity providers, and passes over federated users and kinds it does not know', () => {
    const provider = `arn:aws:iam::${HOME}:saml-provider/corp`;
    const trust = [
      trusts({ Service: ['ec2.amazonaws.com'], CanonicalUser: 'x', AWS: `arn:aws:sts::${HOME}:federated-user/eve` }),
      trusts({ Federated: provider }, { Action: 'sts:AssumeRoleWithSAML' }),
    ];

    expect(sources(trust)).toEqual(['service ec2.amazonaws.com yes', `provider ${provider} yes`]);
  });

  it('leaves out whoever a deny hits', () => {
    const trust = [
      trusts({ AWS: [userArn('alice'), userArn('bob')] }),
      trusts({ AWS: userArn('bob') }, { Effect: 'Deny' }),
    ];

    expect(sources(trust)).toEqual(['user alice yes']);
  });

  it('shares the group of an account between the roles that trust it', () => {
    const roles = ['a', 'b'].map((name) => iamRole(name, { trust: policy(trusts({ AWS: HOME })) }));
    const index = indexIam([accountOf([...roles, iamUser('carol', { policies: MAY_ASSUME })])]);
    const [first, second] = roles.map((role) => listCandidateGroups(role, index)[0]);

    expect(first).toHaveLength(1);
    expect(second).toBe(first);
  });
});

describe('hasAssumeSource', () => {
  it('does not count the role itself, nor candidates that are refused', () => {
    const self = iamRole('self', { trust: policy(trusts({ AWS: roleArn('self') })) });
    const dead = iamRole('dead', { trust: policy(trusts({ AWS: userArn('gone') })) });
    const open = iamRole('open', { trust: policy(trusts({ AWS: roleArn('dead') })) });
    const index = indexIam([accountOf([self, dead, open])]);

    expect([self, dead, open].map((role) => hasAssumeSource(role, index))).toEqual([false, false, true]);
  });
});
