/** The record that proves who created the cluster is about to run out, and nothing keeps it. */
import type { Detection } from '../model/finding.ts';
import { msBetween } from '../rules/time.ts';

const DAY_MS = 24 * 3_600_000;
const FROM_DAYS = 60;
/** How long CloudTrail keeps its event history. */
const KEPT_DAYS = 90;

export const creatorEvidenceExpiring: Detection = {
  id: 'creator-evidence-expiring',
  ref: 'EV-013',
  title: 'The proof of the creator is about to run out',
  severity: 'low',
  needs: [['eks-api/cluster']],
  why: 'After ninety days the event history of CloudTrail no longer shows CreateCluster. In mode CONFIG_MAP nothing else tells who the hidden admin is, and in an emergency nobody knows which role gets in.',
  fix: 'Run one audit that remembers (with --state DIR, or the nightly one) before the day is over: it keeps the creator for good. A trail that writes into a bucket keeps the record, too.',
  blindSpots:
    'Without a stored state every cluster of that age is told, even where somebody wrote the creator down elsewhere. Whether a trail keeps the record for longer is not weighed.',
  references: [
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/cluster-auth.html',
  ],
  attack: [],
  cis: [],
  *detect({ cluster, creator, state, now }) {
    if (cluster.createdAt === null) return;
    const ageMs = msBetween(cluster.createdAt, now);
    if (ageMs < FROM_DAYS * DAY_MS || ageMs > KEPT_DAYS * DAY_MS) return;
    if (state.creators.some((one) => one.clusterArn === cluster.arn && one.life === cluster.createdAt)) return;
    const days = Math.max(0, Math.floor(KEPT_DAYS - ageMs / DAY_MS));
    const who =
      creator.confidence === 'proven' && creator.principalArn !== null
        ? `A record still proves that ${creator.principalArn} created it`
        : 'No record that was read proves who created it';
    yield {
      subject: 'cluster',
      summary: `${cluster.name} is ${Math.floor(ageMs / DAY_MS)} days old and its creator was never stored. ${who}; in ${days} ${days === 1 ? 'day' : 'days'} the event history forgets.`,
      evidence: [...cluster.evidence, ...creator.evidence],
    };
  },
};
