import { adminRoleAssumableTooWidely } from '../../shared/detections/admin-role-assumable-too-widely.ts';
import { coverage, coverageBut, eksCoverage } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, access } from '../support/facts.ts';
import { accountOf, iamRole, OTHER, policy, roleArn, trusts, userArn } from '../support/iam.ts';

const SUBJECT = `iam:${ADMIN_ROLE}`;
const GITHUB = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';
const SAML = 'arn:aws:iam::111122223333:saml-provider/corporate';
const organization = {
  id: 'o-example',
  accounts: [{ account: OTHER, name: 'identity', status: 'ACTIVE' }],
};
const role = (...statements: readonly object[]) => iamRole('platform-admin', { trust: policy(...statements) });
const trusting = (...statements: readonly object[]) => ({
  access: [access()],
  accounts: [accountOf([role(...statements)])],
});
const withIf = (condition: object) => ({ Condition: condition });
const webIdentity = (condition: object) => ({
  Action: 'sts:AssumeRoleWithWebIdentity',
  ...withIf(condition),
});

describeDetection(adminRoleAssumableTooWidely, {
  fires: [
    {
      name: 'the account root is trusted',
      facts: trusting(trusts({ AWS: 'arn:aws:iam::111122223333:root' })),
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'can be assumed by every principal of account 111122223333 whose own policies allow it.',
    },
    {
      name: 'everybody is trusted, with nothing more than the organisation to hold them',
      facts: trusting(
        trusts('*', withIf({ StringEquals: { 'aws:PrincipalOrgID': 'o-example' } })),
        trusts({ AWS: OTHER }),
      ),
      subjects: [SUBJECT],
      says: 'anybody in any AWS account; by every principal of account 444455556666 whose own policies allow it, account 444455556666 being another one',
    },
    {
      name: 'a user of an account outside the organisation is trusted',
      facts: {
        access: [access()],
        accounts: [accountOf([role(trusts({ AWS: userArn('bob', '777788889999') }))], { organization })],
      },
      subjects: [SUBJECT],
      says: 'account 777788889999 being none of the organisation',
    },
    {
      name: 'tokens of any repository are taken, for their audience is all that is asked',
      facts: trusting(
        trusts({ Federated: GITHUB }, webIdentity({ StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' } })),
      ),
      subjects: [SUBJECT],
      says: 'everybody who logs in with arn:aws:iam::111122223333:oidc-provider/token.actions',
    },
    {
      name: 'the subject of a token may be anything',
      facts: trusting(trusts({ Federated: GITHUB }, webIdentity({ StringLike: { 'github:sub': ['*'] } }))),
      subjects: [SUBJECT],
    },
    {
      name: 'a SAML provider is trusted without an audience',
      facts: trusting(trusts({ Federated: SAML }, { Action: 'sts:AssumeRoleWithSAML' })),
      subjects: [SUBJECT],
    },
    {
      name: 'all but one are trusted',
      facts: trusting({ Effect: 'Allow', NotPrincipal: { AWS: userArn('bob') }, Action: 'sts:*' }),
      subjects: [SUBJECT],
      says: 'anybody in any AWS account',
    },
  ],
  staysQuiet: [
    {
      name: 'principals of the account are named',
      facts: trusting(trusts({ AWS: [userArn('alice'), roleArn('pipeline'), 'AROAEXAMPLEGONE000001'] })),
    },
    {
      name: 'the account root is trusted under a condition',
      facts: trusting(
        trusts({ AWS: 'arn:aws:iam::111122223333:root' }, withIf({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } })),
      ),
    },
    {
      name: 'a wildcard is held to named principals',
      facts: trusting(trusts('*', withIf({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/ops-*' } }))),
    },
    {
      name: 'a role of another account of the organisation is named',
      facts: {
        access: [access()],
        accounts: [accountOf([role(trusts({ AWS: roleArn('hub', OTHER) }))], { organization })],
      },
    },
    {
      name: 'the provider is trusted for one subject, or one audience of SAML',
      facts: trusting(
        trusts({ Federated: GITHUB }, webIdentity({ StringLike: { 'github:sub': ['repo:acme/infra:*'] } })),
        trusts(
          { Federated: SAML },
          {
            Action: 'sts:AssumeRoleWithSAML',
            ...withIf({ StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } }),
          },
        ),
      ),
    },
    {
      name: 'a service is trusted',
      facts: trusting(trusts({ Service: 'ec2.amazonaws.com' })),
    },
    {
      name: 'the role is no admin, is gone, or is kept by AWS',
      facts: {
        access: [access({ level: 'limited' }), access({ exists: false }), access({ kind: 'aws' })],
        accounts: [accountOf([role(trusts('*'))])],
      },
    },
    { name: 'the IAM of the account was not read', facts: { access: [access()] } },
  ],
  cannotTell: [
    {
      name: 'IAM was denied',
      coverage: coverageBut(coverage('iam', 'denied')),
      missing: ['iam'],
    },
    {
      name: 'the admins are not known, for neither entries nor bindings were read',
      coverage: coverageBut(eksCoverage({ 'access-entries': 'denied' }), coverage('rbac', 'unavailable')),
      missing: ['eks-api', 'rbac'],
    },
  ],
});
