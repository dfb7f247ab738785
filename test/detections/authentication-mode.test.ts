import { authenticationMode } from '../../shared/detections/authentication-mode.ts';
import { coverage, coverageBut, eksCoverage } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { cluster } from '../support/facts.ts';
import { cloudTrailEvent } from '../support/records.ts';

const update = cloudTrailEvent({
  eventName: 'UpdateClusterConfig',
  principalArn: null,
  request: { name: 'payments', accessConfig: { authenticationMode: 'API' } },
});

describeDetection(authenticationMode, {
  fires: [
    {
      name: 'the cluster reads aws-auth alone',
      facts: { cluster: cluster({ authenticationMode: 'CONFIG_MAP' }) },
      subjects: ['cluster'],
      severities: ['medium'],
      says: 'its creator is admin without being listed anywhere',
    },
    {
      name: 'a record shows the mode being changed',
      record: update,
      subjects: ['cluster'],
      severities: ['high'],
      says: 'role/platform-admin set the authentication mode of payments to API',
    },
  ],
  staysQuiet: [
    { name: 'access entries count', facts: { cluster: cluster({ authenticationMode: 'API_AND_CONFIG_MAP' }) } },
    { name: 'the mode is not known', facts: { cluster: cluster({ authenticationMode: null }) } },
    { name: 'the call failed', record: { ...update, succeeded: false, errorCode: 'AccessDeniedException' } },
    { name: 'the call changed the logging', record: { ...update, request: { name: 'payments', logging: {} } } },
    { name: 'the parameters are of another shape', record: { ...update, request: { accessConfig: ['API'] } } },
    { name: 'another service has a call of the name', record: { ...update, eventSource: 'kafka.amazonaws.com' } },
  ],
  cannotTell: [
    {
      name: 'neither the cluster nor CloudTrail was read',
      coverage: coverageBut(eksCoverage({ cluster: 'denied' }), coverage('cloudtrail', 'unavailable')),
      missing: ['eks-api', 'cloudtrail'],
    },
  ],
});
