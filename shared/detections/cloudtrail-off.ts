/** No trail records the changes of a region in which clusters run. */
import type { Facts } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import type { Trail } from '../model/region.ts';
import { nameActor } from '../rules/actors.ts';
import { pointAtRegion } from '../rules/region-answers.ts';
import { shellLine } from '../rules/shell.ts';
import { findTrailLoss, isTrailOf } from '../rules/trail-calls.ts';

export const cloudtrailOff: Detection = {
  id: 'cloudtrail-off',
  ref: 'EV-006',
  title: 'Trail of a region missing or cut off',
  severity: 'high',
  scope: 'region',
  needs: [['trails', 'cloudtrail']],
  standsIn: ['trails'],
  why: 'EventBridge passes on the calls of a region only while a trail records them, and beyond ninety days only a trail keeps them: without one nobody is told of a new admin, and who created a cluster is forgotten.',
  fix: 'Have one multi-region trail that records management events, and let nobody but its owners stop it.',
  blindSpots:
    'Event data stores of CloudTrail Lake are not looked at. A trail whose status or selectors were not read is taken to work, and the verdict says so. Whether the files arrive in the bucket is not tried.',
  references: [
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/logging-using-cloudtrail.html',
  ],
  attack: ['T1562.008'],
  cis: [],
  *detect(facts) {
    const trails = facts.region?.trails ?? null;
    if (trails === null || trails.some((trail) => mayRecord(trail, facts))) return;
    const own = trails.filter((trail) => isTrailOf(trail, facts.cluster.region));
    const what = own.length === 0 ? 'has no trail' : `has ${own.map(wordSilence).join(' and ')}`;
    yield {
      ...tellRegion(facts.cluster, what),
      evidence: own.length === 0 ? [pointAtRegion('trails', facts.cluster)] : own.map(({ evidence }) => evidence),
    };
  },
  *observe(record, facts) {
    const loss = findTrailLoss(record);
    if (loss === null) return;
    const { event, words, trail } = loss;
    if (facts !== null && event.region !== facts.cluster.region) return;
    const actor = nameActor(event.actor);
    const place = { account: event.account ?? 'unknown', region: event.region ?? 'unknown' };
    yield {
      ...tellRegion(place, 'was cut off from a trail'),
      summary: `${actor} ${words} ${trail} in ${place.region} of account ${place.account}.`,
      actor,
      at: event.at,
      evidence: [event.evidence],
    };
  },
};

function mayRecord(trail: Trail, { cluster }: Facts): boolean {
  return isTrailOf(trail, cluster.region) && trail.isLogging !== false && trail.recordsWrites !== false;
}

function wordSilence({ name, isLogging }: Trail): string {
  return isLogging === false ? `trail ${name}, which is stopped` : `trail ${name}, which records no changes`;
}

function tellRegion(
  { account, region }: { readonly account: string; readonly region: string },
  what: string,
): Omit<Match, 'evidence'> {
  return {
    subject: `region:${account}/${region}`,
    summary: `${region} of account ${account} ${what}: calls that change access there are not recorded, and raise no event.`,
    commands: [shellLine('aws', 'cloudtrail', 'describe-trails', '--region', region)],
  };
}
