import { accessLogsOff } from '../../shared/detections/access-logs-off.ts';
import { coverageBut, eksCoverage } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { cluster } from '../support/facts.ts';

describeDetection(accessLogsOff, {
  fires: [
    {
      name: 'no log type is on, as EKS makes a cluster',
      facts: { cluster: cluster({ logTypes: [] }) },
      subjects: ['cluster'],
      severities: ['high'],
      says: 'The audit and the authenticator log of payments are off',
    },
    {
      name: 'the audit log alone is on, as GuardDuty shops have it',
      facts: { cluster: cluster({ logTypes: ['audit'] }) },
      subjects: ['cluster'],
      says: 'nobody can tell which IAM principal is behind a login',
    },
    {
      name: 'the authenticator log alone is on',
      facts: { cluster: cluster({ logTypes: ['api', 'authenticator'] }) },
      subjects: ['cluster'],
      says: 'The audit log of payments is off',
    },
  ],
  staysQuiet: [
    { name: 'both are on', facts: { cluster: cluster({ logTypes: ['audit', 'authenticator'] }) } },
    { name: 'the log types are not known', facts: { cluster: cluster({ logTypes: null }) } },
  ],
  cannotTell: [
    {
      name: 'the cluster was not described',
      coverage: coverageBut(eksCoverage({ cluster: 'denied' })),
      missing: ['eks-api'],
    },
  ],
});
