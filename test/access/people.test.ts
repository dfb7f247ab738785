import { describe, expect, it } from 'vitest';
import { resolvePeople } from '../../shared/access/people.ts';
import type { AccountEvidence } from '../../shared/model/evidence.ts';
import type { Principal } from '../../shared/model/principal.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { coverage } from '../support/coverage.ts';
import { accountOf, allow, HOME, iamRole, iamUser, OTHER, policy, roleArn, trusts, userArn } from '../support/iam.ts';

const ADMIN = roleArn('admin');
const MFA = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
const MAY_ASSUME = [policy(allow('sts:AssumeRole'))];

function resolve(accounts: readonly AccountEvidence[], holder: string | Principal = ADMIN) {
  const principal = typeof holder === 'string' ? parsePrincipal(holder) : holder;
  return resolvePeople(principal, { accounts, usage: [], chainLimit: 3 });
}

/** Name, certainty and path length, which is all that most tests are about. */
function rows(accounts: readonly AccountEvidence[]) {
  return resolve(accounts).list.map(({ name, certainty, path }) => [name, certainty, path.length - 1]);
}

function admin(...statements: readonly object[]) {
  return iamRole('admin', { trust: policy(...statements) });
}

describe('resolvePeople', () => {
  it('takes a user for its own person, with the path that IAM gives', () => {
    expect(resolve([accountOf([iamUser('eng/alice')])], userArn('alice'))).toEqual({
      status: 'known',
      reason: null,
      list: [
        {
          name: 'alice',
          principalArn: userArn('eng/alice'),
          kind: 'iam-user',
          path: [userArn('eng/alice')],
          certainty: 'yes',
          condition: null,
          firstSeenAt: null,
          lastSeenAt: null,
        },
      ],
    });
  });

  it('takes a user of an account that was not read for its own person all the same', () => {
    expect(resolve([], userArn('alice')).list.map(({ name }) => name)).toEqual(['alice']);
  });

  it('says that a principal that does not exist is nobody now, but could be made again', () => {
    const reason = 'the role does not exist; whoever creates the name again becomes it';

    expect(resolve([accountOf([])])).toEqual({ status: 'none', reason, list: [] });
  });

  it.each([
    ['the root of an account', `arn:aws:iam::${HOME}:root`, `root of account ${HOME}`],
    ['an account that is mapped as a whole', `arn:aws:iam::${HOME}:*`, `every user and role of account ${HOME}`],
  ])('names %s', (_, arn, name) => {
    expect(resolve([], { ...parsePrincipal(arn), account: HOME }).list).toMatchObject([{ name, kind: 'account' }]);
  });

  it('is not readable when the IAM of the role was not read, with the reason', () => {
    const denied = accountOf([], { iam: null, coverage: [coverage('iam', 'denied', { reason: 'AccessDenied' })] });

    expect(resolve([denied])).toEqual({
      status: 'not-readable',
      reason: `IAM of account ${HOME} was not read: AccessDenied`,
      list: [],
    });
  });

  it('is nobody only when IAM was read in whole', () => {
    const partial = accountOf([admin()], { coverage: [coverage('iam', 'partial', { reason: 'IsTruncated' })] });

    expect(resolve([accountOf([admin()])]).status).toBe('none');
    expect(resolve([partial])).toMatchObject({ status: 'not-readable', list: [] });
  });

  it('lists users and services that the trust policy lets in, the most certain first', () => {
    const role = admin(
      trusts({ AWS: userArn('alice') }, MFA),
      trusts({ AWS: userArn('bob'), Service: 'ec2.amazonaws.com' }),
    );
    const { list } = resolve([accountOf([iamUser('alice'), iamUser('bob'), iamUser('carol'), role])]);

    expect(list.map(({ name, kind, certainty, condition }) => [name, kind, certainty, condition])).toEqual([
      ['bob', 'iam-user', 'yes', null],
      ['ec2.amazonaws.com', 'service', 'yes', null],
      ['alice', 'iam-user', 'conditional', 'aws:MultiFactorAuthPresent is true'],
    ]);
  });

  it('follows a chain of three roles and shows it, and says that it goes on', () => {
    const chain = ['a', 'b', 'c'].map((name, i) =>
      iamRole(name, { trust: policy(trusts({ AWS: i === 2 ? userArn('dave') : roleArn('bcd'.charAt(i)) })) }),
    );
    const { list, reason } = resolve([accountOf([admin(trusts({ AWS: roleArn('a') })), ...chain, iamUser('dave')])]);

    expect(list.map(({ name, path }) => [name, path])).toEqual([
      ['a', [roleArn('a'), ADMIN]],
      ['b', [roleArn('b'), roleArn('a'), ADMIN]],
      ['c', [roleArn('c'), roleArn('b'), roleArn('a'), ADMIN]],
    ]);
    expect(reason).toBe('chains of more than 3 roles were not followed');
  });

  it('ends circles of roles that trust each other', () => {
    const ring = ['a', 'b'].map((name, i) =>
      iamRole(name, { trust: policy(trusts({ AWS: [roleArn('ba'.charAt(i)), ADMIN] })) }),
    );

    expect(rows([accountOf([admin(trusts({ AWS: roleArn('a') })), ...ring])])).toEqual([
      ['a', 'yes', 1],
      ['b', 'yes', 2],
    ]);
  });

  it('keeps the more certain of two ways to a person, even when it is longer', () => {
    const jump = iamRole('jump', { trust: policy(trusts({ AWS: userArn('alice') })) });
    const role = admin(trusts({ AWS: userArn('alice') }, MFA), trusts({ AWS: roleArn('jump') }));

    expect(rows([accountOf([role, jump, iamUser('alice')])])).toEqual([
      ['jump', 'yes', 1],
      ['alice', 'yes', 2],
    ]);
  });

  it('carries the condition of one step over to whoever comes through it', () => {
    const jump = iamRole('jump', { trust: policy(trusts({ AWS: userArn('alice') }, MFA)) });
    const role = admin(
      trusts({ AWS: roleArn('jump') }, { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }),
    );

    expect(resolve([accountOf([role, jump, iamUser('alice')])]).list[1]).toMatchObject({
      name: 'alice',
      certainty: 'conditional',
      condition: 'aws:MultiFactorAuthPresent is true and aws:SourceIp is in 192.0.2.0/24',
    });
  });

  it('asks the policies of another account when they were read, and names the account when they were not', () => {
    const role = admin(trusts({ AWS: OTHER }));
    const there = [iamUser('bob', { account: OTHER, policies: MAY_ASSUME }), iamUser('eve', { account: OTHER })];
    const organization = { id: 'o-exampleorgid', accounts: [{ account: OTHER, name: 'payments', status: 'ACTIVE' }] };

    expect(rows([accountOf([role]), accountOf(there, { account: OTHER })])).toEqual([['bob', 'yes', 1]]);
    expect(resolve([accountOf([role], { organization })]).list).toMatchObject([
      {
        name: `account ${OTHER} (payments)`,
        principalArn: `arn:aws:iam::${OTHER}:root`,
        kind: 'account',
        certainty: 'unknown',
        condition: `a policy of account ${OTHER}, whose IAM was not read, allows it`,
      },
    ]);
  });

  it('lists whoever the policies of the account let in when it trusts its own account', () => {
    const alice = iamUser('alice', { policies: MAY_ASSUME });
    const unread = iamUser('carol', { unreadPolicies: ['deploy'] });

    expect(rows([accountOf([admin(trusts({ AWS: HOME })), alice, iamUser('bob'), unread])])).toEqual([
      ['alice', 'yes', 1],
      ['carol', 'unknown', 1],
    ]);
  });
});
