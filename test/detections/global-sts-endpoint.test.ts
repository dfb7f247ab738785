import { globalStsEndpoint } from '../../shared/detections/global-sts-endpoint.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE } from '../support/facts.ts';
import { login, stsResponse } from '../support/records.ts';
import { usage } from '../support/usage.ts';

const GLOBAL = 'sts.amazonaws.com';

describeDetection(globalStsEndpoint, {
  fires: [
    {
      name: 'the log of an audit shows the endpoint',
      facts: { usage: [usage({ stsEndpoint: GLOBAL })] },
      subjects: [`iam:${ADMIN_ROLE}`],
      severities: ['info'],
    },
    {
      name: 'a line shows the endpoint, and no ARN',
      record: login({ stsEndpoint: GLOBAL, arn: null }),
      subjects: ['user:platform-admin'],
    },
  ],
  staysQuiet: [
    { name: 'the endpoint is that of a region', facts: { usage: [usage()] } },
    { name: 'the endpoint is not printed', record: login({ stsEndpoint: null }) },
    { name: 'the endpoint is of China', record: login({ stsEndpoint: 'sts.cn-north-1.amazonaws.com.cn' }) },
    { name: 'the line of the session alone, which has its login', record: stsResponse({ stsEndpoint: GLOBAL }) },
  ],
  cannotTell: [
    {
      name: 'the authenticator log is off',
      coverage: coverageBut(coverage('authenticator-log', 'disabled')),
      missing: ['authenticator-log'],
    },
  ],
});
