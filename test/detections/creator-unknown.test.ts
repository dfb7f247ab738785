import { creatorUnknown } from '../../shared/detections/creator-unknown.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { creator } from '../support/creators.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE } from '../support/facts.ts';
import { PIPELINE } from '../support/grants.ts';

const unknown = creator({ principalArn: null, confidence: 'unknown', exists: null, evidence: [], reason: 'no record' });

describeDetection(creatorUnknown, {
  fires: [
    {
      name: 'no source names it',
      facts: { creator: unknown },
      subjects: ['cluster'],
      severities: ['medium'],
      says: 'Who created payments is not known: no record.',
    },
    {
      name: 'the sources name different principals',
      facts: {
        creator: { ...unknown, candidates: [PIPELINE, ADMIN_ROLE], reason: 'the sources name different principals' },
      },
      subjects: ['cluster'],
      says: `Candidates: ${PIPELINE}, ${ADMIN_ROLE}.`,
    },
  ],
  staysQuiet: [
    { name: 'the creator is proven', facts: { creator: creator() } },
    { name: 'the creator is likely', facts: { creator: creator({ confidence: 'likely' }) } },
  ],
  cannotTell: [
    {
      name: 'CloudTrail and the authenticator log were not read',
      coverage: coverageBut(coverage('cloudtrail', 'denied'), coverage('authenticator-log', 'disabled')),
      missing: ['cloudtrail', 'authenticator-log'],
    },
  ],
});
