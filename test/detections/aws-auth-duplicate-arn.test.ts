import { awsAuthDuplicateArn } from '../../shared/detections/aws-auth-duplicate-arn.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, awsAuth, awsAuthProblem, awsAuthRow, cluster } from '../support/facts.ts';

const SUBJECT = `aws-auth:${ADMIN_ROLE}` as const;
const twice = awsAuthProblem({
  code: 'duplicate-arn',
  arn: ADMIN_ROLE,
  message: 'A later row has the same ARN.',
  effect: 'This row is ignored.',
});
const ignored = awsAuthRow({ groups: ['ops'], matches: false, inertBecause: 'duplicate' });

describeDetection(awsAuthDuplicateArn, {
  fires: [
    {
      name: 'the rows give different groups: medium',
      facts: { awsAuth: awsAuth({ rows: [ignored, awsAuthRow({ groups: ['viewers'] })], problems: [twice] }) },
      subjects: [SUBJECT],
      severities: ['medium'],
      says: 'with different groups. Line 8, column 3: A later row has the same ARN.',
    },
    {
      name: 'the rows give the same groups in another order: low',
      facts: {
        awsAuth: awsAuth({
          rows: [
            { ...ignored, groups: ['ops', 'viewers'] },
            awsAuthRow({ arn: ADMIN_ROLE.toUpperCase(), groups: ['viewers', 'ops'] }),
          ],
          problems: [twice],
        }),
      },
      subjects: [SUBJECT],
      severities: ['low'],
    },
  ],
  staysQuiet: [
    {
      name: 'two roles of one name in two accounts',
      facts: {
        awsAuth: awsAuth({
          rows: [awsAuthRow(), awsAuthRow({ arn: 'arn:aws:iam::444455556666:role/platform-admin' })],
        }),
      },
    },
    { name: 'another mistake is in it', facts: { awsAuth: awsAuth({ problems: [awsAuthProblem()] }) } },
    {
      name: 'the cluster does not read aws-auth',
      facts: { awsAuth: awsAuth({ problems: [twice] }), cluster: cluster({ authenticationMode: 'API' }) },
    },
  ],
  cannotTell: [
    { name: 'aws-auth was not read', coverage: coverageBut(coverage('aws-auth', 'denied')), missing: ['aws-auth'] },
  ],
});
