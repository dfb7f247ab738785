/** Access that was given and taken away again within the hour. */
import type { Detection, Match } from '../model/finding.ts';
import type { CloudTrailEvent } from '../model/records.ts';
import { clusterKey, isGiving, isTaking, listUndone } from '../rules/access-calls.ts';
import { nameActor } from '../rules/actors.ts';
import { arnKey } from '../rules/arn.ts';
import { msBetween } from '../rules/time.ts';

const WINDOW_MS = 60 * 60_000;

export const grantThenRevoke: Detection = {
  id: 'grant-then-revoke',
  ref: 'AE-008',
  title: 'Access given and taken away within the hour',
  severity: 'high',
  needs: [['cloudtrail']],
  why: 'Somebody was in for a short time, and no read of the cluster shows it any more: so does an intruder who clears up, or a person who goes round a review.',
  fix: 'Read every request of the principal in that time from the audit log. Tools that lend access for an hour do this all day: accept the finding for the principals they serve.',
  blindSpots:
    'Access that is kept longer than an hour is not reported here. Terraform that replaces an entry takes before it gives, and stays quiet. What was done in between is in the audit log alone.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/logging-using-cloudtrail.html'],
  attack: ['T1098.006', 'T1070'],
  cis: [],
  recurs: true,
  correlate: () => {
    const byPrincipal = new Map<string, CloudTrailEvent[]>();
    return {
      add: (record) => {
        if ((!isGiving(record) && !isTaking(record)) || record.at === null || record.principalArn === null) return;
        const key = `${clusterKey(record)} ${arnKey(record.principalArn)}`;
        const calls = byPrincipal.get(key);
        if (calls === undefined) byPrincipal.set(key, [record]);
        else calls.push(record);
      },
      matches: () =>
        [...byPrincipal.values()].flatMap((calls) =>
          listUndone(calls, WINDOW_MS).map(([given, taken]) => tell(given, taken)),
        ),
    };
  },
};

function tell(given: CloudTrailEvent, taken: CloudTrailEvent): Match {
  const minutes = Math.round(msBetween(given.at ?? '', taken.at ?? '') / 60_000);
  const giver = nameActor(given.actor);
  const taker = nameActor(taken.actor);
  const by = giver === taker ? `by ${giver}` : `by ${giver}, and by ${taker}`;
  return {
    subject: `iam:${taken.principalArn}`,
    summary: `${taken.principalArn} was given access (${given.eventName}) and lost it ${minutes} minutes later (${taken.eventName}), ${by}.`,
    actor: taker,
    at: taken.at,
    isPast: true,
    evidence: [given.evidence, taken.evidence],
  };
}
