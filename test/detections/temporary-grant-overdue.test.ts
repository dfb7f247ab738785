import { temporaryGrantOverdue } from '../../shared/detections/temporary-grant-overdue.ts';
import { coverageBut, eksCoverage } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, accessEntry } from '../support/facts.ts';

const SUBJECT = `iam:${ADMIN_ROLE}`;
const until = (text: string) => ({ entries: [accessEntry({ tags: { 'expires-at': text } })] });

describeDetection(temporaryGrantOverdue, {
  fires: [
    {
      name: 'the moment is past',
      facts: until('2026-11-20T18:00:00Z'),
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'was to end at 2026-11-20T18:00:00Z and still stands',
    },
    { name: 'the day has begun', facts: until('2026-11-21'), subjects: [SUBJECT] },
    { name: 'the moment is now', facts: until('2026-11-21T03:00:00Z'), subjects: [SUBJECT] },
    {
      name: 'the tag is no day',
      facts: until('Monday'),
      subjects: [SUBJECT],
      severities: ['medium'],
      says: 'nobody can tell when it ends',
    },
  ],
  staysQuiet: [
    { name: 'the moment is ahead', facts: until('2026-11-21T03:00:01Z') },
    { name: 'the entry has no such tag', facts: { entries: [accessEntry({ tags: { __proto__: 'expires-at' } })] } },
  ],
  cannotTell: [
    {
      name: 'entries were not read',
      coverage: coverageBut(eksCoverage({ 'access-entries': 'denied' })),
      missing: ['eks-api'],
    },
  ],
});
