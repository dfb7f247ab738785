import { breakGlassChanged } from '../../shared/detections/break-glass-changed.ts';
import { coverage } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { keepingForEmergencies } from '../support/emergency.ts';
import { ADMIN_ROLE } from '../support/facts.ts';
import { cloudTrailEvent } from '../support/records.ts';

const SUBJECT = `iam:${ADMIN_ROLE}`;
const changed = { principalArn: ADMIN_ROLE };

describeDetection(breakGlassChanged, {
  fires: [
    {
      name: 'its access entry changes',
      record: cloudTrailEvent({ ...changed, eventName: 'UpdateAccessEntry' }),
      facts: keepingForEmergencies(),
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'called UpdateAccessEntry on',
    },
    {
      name: 'its trust changes',
      record: cloudTrailEvent({
        ...changed,
        eventName: 'UpdateAssumeRolePolicy',
        eventSource: 'iam.amazonaws.com',
        clusterName: null,
      }),
      facts: keepingForEmergencies(),
      subjects: [SUBJECT],
    },
  ],
  staysQuiet: [
    {
      name: 'the call failed',
      record: cloudTrailEvent({ ...changed, succeeded: false }),
      facts: keepingForEmergencies(),
    },
    {
      name: 'the call only reads',
      record: cloudTrailEvent({ ...changed, eventName: 'GetRole', readOnly: true }),
      facts: keepingForEmergencies(),
    },
    { name: 'another principal changes', record: cloudTrailEvent(), facts: keepingForEmergencies() },
    { name: 'nothing is declared', record: cloudTrailEvent(changed), facts: {} },
    { name: 'no state is known', record: cloudTrailEvent(changed) },
  ],
  cannotTell: [
    { name: 'CloudTrail was not read', coverage: [coverage('cloudtrail', 'denied')], missing: ['cloudtrail'] },
  ],
});
