import { creatorEvidenceExpiring } from '../../shared/detections/creator-evidence-expiring.ts';
import type { Cluster } from '../../shared/model/eks.ts';
import { coverageBut, eksCoverage } from '../support/coverage.ts';
import { creator } from '../support/creators.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { cluster, facts } from '../support/facts.ts';
import { PIPELINE } from '../support/grants.ts';

/** 2026-11-21 is the day of the audit. */
function born(createdAt: string): Cluster {
  return cluster({ createdAt });
}

const stored = (createdAt: string) => ({
  ...facts().state,
  creators: [{ clusterArn: cluster().arn, life: createdAt, principalArn: PIPELINE, uniqueId: null }],
});

describeDetection(creatorEvidenceExpiring, {
  fires: [
    {
      name: 'the cluster is 82 days old, and a record still proves the creator',
      facts: { cluster: born('2026-08-31T03:00:00Z'), creator: creator() },
      subjects: ['cluster'],
      says: 'payments is 82 days old and its creator was never stored. A record still proves that arn:aws:iam::111122223333:role/pipeline created it; in 8 days the event history forgets.',
    },
    {
      name: 'no record was read',
      facts: { cluster: born('2026-09-21T03:00:00Z') },
      subjects: ['cluster'],
      says: 'No record that was read proves who created it',
    },
    {
      name: 'the stored creator is that of an earlier life',
      facts: { cluster: born('2026-08-31T03:00:00Z'), state: stored('2025-01-01T00:00:00Z') },
      subjects: ['cluster'],
    },
  ],
  staysQuiet: [
    {
      name: 'the creator is stored',
      facts: { cluster: born('2026-08-31T03:00:00Z'), state: stored('2026-08-31T03:00:00Z') },
    },
    { name: 'the cluster is younger', facts: { cluster: born('2026-09-30T00:00:00Z') } },
    { name: 'the history has forgotten it already', facts: { cluster: born('2026-03-02T09:15:00Z') } },
    { name: 'its age is not known', facts: { cluster: cluster({ createdAt: null }) } },
  ],
  cannotTell: [
    {
      name: 'the cluster was not described',
      coverage: coverageBut(eksCoverage({ cluster: 'unavailable' })),
      missing: ['eks-api'],
    },
  ],
});
