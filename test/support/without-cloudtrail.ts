/** The rows of a detection that CloudTrail alone can satisfy, where CloudTrail lacks. */
import { coverage, coverageBut } from './coverage.ts';
import type { DetectionRows } from './describe-detection.ts';

export const WITHOUT_CLOUDTRAIL: DetectionRows['cannotTell'] = [
  {
    name: 'CloudTrail was denied',
    coverage: coverageBut(coverage('cloudtrail', 'denied')),
    missing: ['cloudtrail'],
  },
  {
    name: 'CloudTrail was read in part',
    coverage: coverageBut(coverage('cloudtrail', 'partial')),
    status: 'partly-evaluated',
    missing: ['cloudtrail'],
  },
];
