import { hiddenCreatorUsed } from '../../shared/detections/hidden-creator-used.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { creator } from '../support/creators.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { awsAuth, awsAuthRow, cluster } from '../support/facts.ts';
import { PIPELINE } from '../support/grants.ts';
import { accountOf, iamRole, policy, trusts } from '../support/iam.ts';
import { login } from '../support/records.ts';

const SUBJECT = `iam:${PIPELINE}` as const;
const hidden = login({ arn: PIPELINE, username: 'kubernetes-admin', groups: ['system:masters'], sessionName: 'alice' });
const configMap = { cluster: cluster({ authenticationMode: 'CONFIG_MAP' }), creator: creator(), awsAuth: awsAuth() };

describeDetection(hiddenCreatorUsed, {
  fires: [
    {
      name: 'the creator logs in, and no row maps it: high',
      record: hidden,
      facts: configMap,
      subjects: [SUBJECT],
      severities: ['high'],
      says: '(session alice) logged in as kubernetes-admin in system:masters, which no row of aws-auth gives it',
    },
    {
      name: 'only a service can assume the creator: medium',
      record: hidden,
      facts: {
        ...configMap,
        accounts: [accountOf([iamRole('pipeline', { trust: policy(trusts({ Service: 'codebuild.amazonaws.com' })) })])],
      },
      subjects: [SUBJECT],
      severities: ['medium'],
    },
    {
      name: 'one of several candidates logs in',
      record: hidden,
      facts: {
        ...configMap,
        creator: creator({ principalArn: null, candidates: [PIPELINE, 'arn:aws:iam::111122223333:role/x'] }),
      },
      subjects: [SUBJECT],
    },
    {
      name: 'a row maps the creator to another group',
      record: hidden,
      facts: { ...configMap, awsAuth: awsAuth({ rows: [awsAuthRow({ arn: PIPELINE, groups: ['viewers'] })] }) },
      subjects: [SUBJECT],
    },
    {
      name: 'a line shows the login of a creator, of which no state is known',
      record: hidden,
      subjects: [SUBJECT],
      says: 'whether aws-auth maps it so could not be compared',
    },
  ],
  staysQuiet: [
    {
      name: 'a row of aws-auth puts the principal into the group',
      record: hidden,
      facts: { ...configMap, awsAuth: awsAuth({ rows: [awsAuthRow({ arn: PIPELINE, groups: ['system:masters'] })] }) },
    },
    { name: 'the mode has no hidden creator', record: hidden, facts: { creator: creator() } },
    {
      name: 'the username alone is that of a creator',
      record: { ...hidden, groups: ['developer'] },
      facts: configMap,
    },
    {
      name: 'somebody else is in the group, which another detection reports',
      record: { ...hidden, arn: 'arn:aws:iam::111122223333:role/other' },
      facts: configMap,
    },
    { name: 'a line shows another username, of which no state is known', record: { ...hidden, username: 'ops' } },
    { name: 'the account is scrubbed from the line', record: { ...hidden, arn: null }, facts: configMap },
  ],
  cannotTell: [
    {
      name: 'the authenticator log is off',
      coverage: coverageBut(coverage('authenticator-log', 'disabled')),
      missing: ['authenticator-log'],
    },
    {
      name: 'aws-auth was not read, so that any row may explain a login',
      coverage: coverageBut(coverage('aws-auth', 'denied')),
      missing: ['aws-auth'],
    },
  ],
});
