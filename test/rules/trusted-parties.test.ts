import { describe, expect, test } from 'vitest';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { isPipeline, namePersonal } from '../../shared/rules/creator-kind.ts';
import { listTrusted } from '../../shared/rules/trusted-parties.ts';
import { deny, iamRole, policy, roleArn, trusts, userArn } from '../support/iam.ts';

const trusting = (...statements: readonly unknown[]) => iamRole('some', { trust: policy(...statements) });
const provider = (kind: string) => ({ Federated: `arn:aws:iam::111122223333:${kind}/example` });

describe('listTrusted', () => {
  test.each([
    ['a service', trusts({ Service: 'ec2.amazonaws.com' }), ['service', 'ec2.amazonaws.com', false]],
    ['an account', trusts({ AWS: '111122223333' }), ['principal', '111122223333', false]],
    [
      'everyone, under a condition',
      trusts('*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
      ['everyone', '*', true],
    ],
    [
      'all but one',
      { Effect: 'Allow', NotPrincipal: { AWS: userArn('alice') }, Action: 'sts:*' },
      ['everyone', '*', false],
    ],
    [
      'a provider of tokens',
      { Effect: 'Allow', Principal: provider('oidc-provider'), Action: 'STS:AssumeRoleWithWebIdentity' },
      ['provider', 'arn:aws:iam::111122223333:oidc-provider/example', false],
    ],
  ])('names %s', (_name, statement, [kind, name, isConditional]) => {
    expect(listTrusted(trusting(statement))).toEqual([{ kind, name, isConditional }]);
  });

  test('leaves out who is denied, and who may only tag a session', () => {
    const tagging = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:TagSession' };

    expect(listTrusted(trusting(deny('sts:AssumeRole'), tagging))).toEqual([]);
  });
});

describe('isPipeline', () => {
  test.each([
    ['a service', true, trusting(trusts({ Service: 'codebuild.amazonaws.com' }))],
    ['jobs of a repository', true, trusting(trusts(provider('oidc-provider')))],
    ['people of an identity provider', false, trusting(trusts(provider('saml-provider')))],
    ['a service and an account', false, trusting(trusts({ Service: 'codebuild.amazonaws.com', AWS: '111122223333' }))],
    ['nobody', false, trusting()],
    ['a role that was not read', false, null],
  ])('of %s is %s', (_name, expected, role) => {
    expect(isPipeline(role)).toBe(expected);
  });
});

describe('namePersonal', () => {
  test.each([
    ['arn:aws:iam::111122223333:root', 'the root user of the account'],
    [userArn('alice'), 'an IAM user'],
    [
      roleArn('AWSReservedSSO_Admins_0123456789abcdef'),
      'the role of a person who signed in through IAM Identity Center',
    ],
    [roleArn('pipeline'), null],
  ])('of %s is %s', (arn, expected) => {
    expect(namePersonal(parsePrincipal(arn))).toBe(expected);
  });
});
