/** What the logs show after a migration into a sheet: who came in by which door, and who has not been seen. */
import type { AskedCluster, Gap } from '../model/explanation.ts';
import type { Arrival, Verification, VerifiedPrincipal } from '../model/migration.ts';
import { type Block, type Section, type Sheet, textBlocks } from './sheet.ts';
import { shortenArn, tellCluster, tellTimes } from './words.ts';

const TITLES: Readonly<Record<Arrival, string>> = {
  refused: 'Refused',
  'through-aws-auth': 'Came in by aws-auth',
  'no-entry': 'Planned, and without an entry',
  'entry-differs': 'With another entry than planned',
  'not-seen': 'Expected, and not seen',
  'through-entry': 'Came in by the access entry',
};

export function viewVerification(
  cluster: AskedCluster,
  { answer, isDone, principals }: Verification,
  gaps: readonly Gap[],
): Sheet {
  const arrivals: readonly Arrival[] = [
    'refused',
    'through-aws-auth',
    'no-entry',
    'entry-differs',
    'not-seen',
    'through-entry',
  ];
  return {
    title: answer,
    tone: isDone ? 'good' : 'doubtful',
    lead: [tellCluster(cluster)],
    sections: [
      ...arrivals.map(
        (arrival): Section => ({
          title: TITLES[arrival],
          blocks: principals
            .filter((each) => each.arrival === arrival)
            .map((each) => viewPrincipal(each, cluster.account)),
        }),
      ),
      { title: 'Not read', blocks: textBlocks(gaps.map(({ reason }) => reason)) },
    ],
  };
}

function viewPrincipal({ principalArn, because }: VerifiedPrincipal, account: string): Block {
  return { kind: 'item', mark: shortenArn(principalArn, account), text: tellTimes(because), details: [] };
}
