import { rootSession } from '../../shared/detections/root-session.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { denial, login } from '../support/records.ts';

const ROOT = 'arn:aws:iam::111122223333:root';

describeDetection(rootSession, {
  fires: [
    {
      name: 'the root user logs in',
      record: login({ arn: ROOT, username: 'root', groups: ['system:masters'] }),
      subjects: [`iam:${ROOT}`],
      severities: ['critical'],
      says: 'logged in as root in system:masters',
    },
    {
      name: 'the root user logs in and has no group',
      record: login({ arn: ROOT, username: ROOT }),
      facts: {},
      subjects: [`iam:${ROOT}`],
      says: 'in no group',
    },
  ],
  staysQuiet: [
    { name: 'a role whose name is root', record: login({ arn: 'arn:aws:iam::111122223333:role/root' }) },
    { name: 'a user whose name ends in root', record: login({ arn: 'arn:aws:iam::111122223333:user/root' }) },
    { name: 'the root user is denied', record: denial({ arn: ROOT }) },
    { name: 'a login without ARN', record: login({ arn: null }) },
  ],
  cannotTell: [
    {
      name: 'the authenticator log is off',
      coverage: coverageBut(coverage('authenticator-log', 'disabled')),
      missing: ['authenticator-log'],
    },
  ],
});
