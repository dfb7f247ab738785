/** Nobody can tell who created the cluster, and so who may be its hidden admin. */
import type { Detection } from '../model/finding.ts';

export const creatorUnknown: Detection = {
  id: 'creator-unknown',
  ref: 'CR-005',
  title: 'The creator of the cluster is not known',
  severity: 'medium',
  needs: [['cloudtrail', 'eks-api/cluster', 'eks-api/access-entries', 'authenticator-log', 'aws-auth']],
  why: 'The creator is an admin from the start, and in a lockout the first to ask: both are lost when no record names it. CloudTrail shows the creation for 90 days, unless a trail keeps it longer.',
  fix: 'Look for the CreateCluster record in the trail of the organisation, and run the audit on it once: the creator is then remembered.',
  blindSpots:
    'Where sources name different principals none of them is believed: all candidates are listed. A creator that was proven in an earlier audit is remembered and not reported.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/logging-using-cloudtrail.html'],
  attack: [],
  cis: ['2.1.2'],
  *detect({ creator, cluster }) {
    if (creator.confidence !== 'unknown') return;
    const { candidates, reason } = creator;
    const names = candidates.length === 0 ? '' : ` Candidates: ${candidates.slice(0, 5).join(', ')}.`;
    yield {
      subject: 'cluster',
      summary: `Who created ${cluster.name} is not known: ${reason.replace(/\.$/, '')}.${names}`,
      evidence: [...cluster.evidence, ...creator.evidence],
    };
  },
};
