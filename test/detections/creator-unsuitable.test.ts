import { creatorUnsuitable } from '../../shared/detections/creator-unsuitable.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { creation, creator } from '../support/creators.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { PIPELINE } from '../support/grants.ts';
import { accountOf, iamRole, policy, roleArn, trusts, userArn } from '../support/iam.ts';
import { actor } from '../support/records.ts';

const ROOT = 'arn:aws:iam::111122223333:root';
const SSO = roleArn('aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admins_0123456789abcdef');
const OIDC = {
  Effect: 'Allow',
  Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
  Action: 'sts:AssumeRoleWithWebIdentity',
};

function by(more: Parameters<typeof actor>[0]) {
  return creation({ actor: actor(more) });
}

describeDetection(creatorUnsuitable, {
  fires: [
    {
      name: 'the creator is the root user: high',
      facts: { creator: creator({ principalArn: ROOT }) },
      subjects: [`iam:${ROOT}`],
      severities: ['high'],
      says: 'the root user of the account',
    },
    {
      name: 'the creator is an IAM user: high',
      facts: { creator: creator({ principalArn: userArn('alice') }) },
      subjects: [`iam:${userArn('alice')}`],
      severities: ['high'],
    },
    {
      name: 'the creator signed in through Identity Center: high',
      facts: { creator: creator({ principalArn: SSO, confidence: 'likely' }) },
      subjects: [`iam:${SSO}`],
      severities: ['high'],
    },
    {
      name: 'only a service can assume the creator: info',
      facts: {
        creator: creator(),
        accounts: [accountOf([iamRole('pipeline', { trust: policy(trusts({ Service: 'codebuild.amazonaws.com' })) })])],
      },
      subjects: [`iam:${PIPELINE}`],
      severities: ['info'],
    },
    {
      name: 'only jobs of a repository can assume the creator: info',
      facts: { creator: creator(), accounts: [accountOf([iamRole('pipeline', { trust: policy(OIDC) })])] },
      subjects: [`iam:${PIPELINE}`],
      severities: ['info'],
    },
    {
      name: 'a record shows a user creating the cluster',
      record: by({ kind: 'user', name: userArn('username'), principalArn: userArn('username') }),
      subjects: [`iam:${userArn('username')}`],
      severities: ['high'],
    },
    {
      name: 'a record shows a user of Identity Center without ARN',
      record: by({ kind: 'user', name: 'alice', principalArn: null }),
      subjects: ['user:alice'],
      severities: ['high'],
    },
    {
      name: 'a record shows CloudFormation at work: info',
      record: by({ name: PIPELINE, principalArn: PIPELINE, invokedBy: 'cloudformation.amazonaws.com' }),
      subjects: [`iam:${PIPELINE}`],
      severities: ['info'],
    },
  ],
  staysQuiet: [
    { name: 'the creator is a role, of which no more is known', facts: { creator: creator() } },
    {
      name: 'the creator is a role that people assume',
      facts: {
        creator: creator(),
        accounts: [accountOf([iamRole('pipeline', { trust: policy(trusts({ AWS: '111122223333' })) })])],
      },
    },
    { name: 'the creator is not known', facts: { creator: creator({ principalArn: null, confidence: 'unknown' }) } },
    {
      name: 'a role only sounds like one of Identity Center',
      facts: { creator: creator({ principalArn: roleArn('not-AWSReservedSSO_Admins') }) },
    },
    { name: 'a record shows a role creating the cluster', record: creation() },
    { name: 'a fragment names nobody', record: by({ kind: 'unknown', name: 'unknown', principalArn: null }) },
    {
      name: 'a user was refused',
      record: { ...by({ kind: 'user', principalArn: userArn('alice') }), succeeded: false },
    },
  ],
  cannotTell: [
    {
      name: 'CloudTrail was not read',
      coverage: coverageBut(coverage('cloudtrail', 'disabled')),
      missing: ['cloudtrail'],
    },
  ],
});
