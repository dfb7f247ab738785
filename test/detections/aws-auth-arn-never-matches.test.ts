import { awsAuthArnNeverMatches } from '../../shared/detections/aws-auth-arn-never-matches.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { awsAuth, awsAuthProblem, awsAuthRow, cluster } from '../support/facts.ts';

const SSO = 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admins_0123456789abcdef';
const withPath = awsAuthProblem({
  code: 'arn-path',
  arn: SSO,
  message: 'The ARN has a path.',
  effect: 'It never matches.',
});
const china = awsAuthRow({ arn: 'arn:aws-cn:iam::111122223333:role/platform-admin' });

describeDetection(awsAuthArnNeverMatches, {
  fires: [
    {
      name: 'the role of an SSO permission set is written with its path',
      facts: { awsAuth: awsAuth({ problems: [withPath] }) },
      subjects: [`aws-auth:${SSO}`],
      severities: ['medium'],
      says: 'never matches a caller. Line 8, column 3: The ARN has a path.',
    },
    {
      name: 'a session, a wildcard, and an sso row',
      facts: {
        awsAuth: awsAuth({
          problems: [
            awsAuthProblem({ code: 'arn-assumed-role', arn: 'arn:aws:sts::111122223333:assumed-role/dev/alice' }),
            awsAuthProblem({ code: 'arn-malformed', arn: 'arn:aws:iam::111122223333:role/*' }),
            awsAuthProblem({ code: 'sso-ineffective', arn: null }),
          ],
        }),
      },
      subjects: [
        'aws-auth:arn:aws:sts::111122223333:assumed-role/dev/alice',
        'aws-auth:arn:aws:iam::111122223333:role/*',
        'aws-auth',
      ],
    },
    {
      name: 'a user stands among the roles and matches all the same: low',
      facts: {
        awsAuth: awsAuth({
          problems: [awsAuthProblem({ code: 'arn-wrong-list', arn: 'arn:aws:iam::111122223333:user/alice' })],
        }),
      },
      subjects: ['aws-auth:arn:aws:iam::111122223333:user/alice'],
      severities: ['low'],
      says: 'stands in the wrong list',
    },
    {
      name: 'the role is of another partition than the cluster',
      facts: { awsAuth: awsAuth({ rows: [china] }) },
      subjects: [`aws-auth:${china.arn}`],
      severities: ['medium'],
      says: 'another partition',
    },
  ],
  staysQuiet: [
    {
      name: 'the ARN has no path, and odd letter case',
      facts: { awsAuth: awsAuth({ rows: [awsAuthRow({ arn: 'ARN:AWS:IAM::111122223333:ROLE/Platform-Admin' })] }) },
    },
    {
      name: 'the role is of another account',
      facts: { awsAuth: awsAuth({ rows: [awsAuthRow({ arn: 'arn:aws:iam::444455556666:role/hub' })] }) },
    },
    {
      name: 'the role is of the cluster’s own partition',
      facts: { awsAuth: awsAuth({ rows: [china] }), cluster: cluster({ partition: 'aws-cn' }) },
    },
    { name: 'another mistake is in it', facts: { awsAuth: awsAuth({ problems: [awsAuthProblem()] }) } },
    {
      name: 'the cluster does not read aws-auth',
      facts: { awsAuth: awsAuth({ problems: [withPath] }), cluster: cluster({ authenticationMode: 'API' }) },
    },
  ],
  cannotTell: [
    { name: 'aws-auth was not read', coverage: coverageBut(coverage('aws-auth', 'denied')), missing: ['aws-auth'] },
  ],
});
