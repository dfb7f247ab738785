import { adminSessionsUnattributable } from '../../shared/detections/admin-sessions-unattributable.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, access } from '../support/facts.ts';
import { accountOf, iamRole, policy, trusts, userArn } from '../support/iam.ts';

const trusting = (...statements: readonly object[]) => ({
  access: [access()],
  accounts: [accountOf([iamRole('platform-admin', { trust: policy(...statements) })])],
});

describeDetection(adminSessionsUnattributable, {
  fires: [
    {
      name: 'users may assume the role under any session name',
      facts: trusting(trusts({ AWS: [userArn('alice'), userArn('bob')] })),
      subjects: [`iam:${ADMIN_ROLE}`],
      severities: ['medium'],
      says: 'Whoever assumes platform-admin, an admin of payments, chooses the session name',
    },
    {
      name: 'one statement asks for a name and another does not',
      facts: trusting(
        trusts({ AWS: userArn('alice') }, { Condition: { StringLike: { 'sts:RoleSessionName': 'alice' } } }),
        trusts('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-example' } } }),
      ),
      subjects: [`iam:${ADMIN_ROLE}`],
    },
  ],
  staysQuiet: [
    {
      name: 'the session name, or the source identity, is asked for',
      facts: trusting(
        trusts({ AWS: userArn('alice') }, { Condition: { StringEquals: { 'STS:roleSessionName': 'alice' } } }),
        trusts({ AWS: userArn('bob') }, { Condition: { StringLike: { 'sts:SourceIdentity': '*' } } }),
      ),
    },
    {
      name: 'an identity provider sets the name',
      facts: trusting(
        trusts(
          { Federated: 'arn:aws:iam::111122223333:saml-provider/corporate' },
          { Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'] },
        ),
      ),
    },
    { name: 'a service assumes it', facts: trusting(trusts({ Service: 'codebuild.amazonaws.com' })) },
    {
      name: 'the role is no admin',
      facts: { ...trusting(trusts({ AWS: userArn('alice') })), access: [access({ level: 'sensitive-read' })] },
    },
  ],
  cannotTell: [
    { name: 'IAM was denied', coverage: coverageBut(coverage('iam', 'denied')), missing: ['iam'] },
    {
      name: 'aws-auth was read in part',
      coverage: coverageBut(coverage('aws-auth', 'partial')),
      status: 'partly-evaluated',
      missing: ['aws-auth'],
    },
  ],
});
