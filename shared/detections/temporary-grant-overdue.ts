/** A grant of admin that was meant to end by now, and stands. */
import type { AccessEntry } from '../model/eks.ts';
import type { Detection } from '../model/finding.ts';
import { deleteAccessEntry } from '../rules/remedies.ts';
import { isoTime, msBetween } from '../rules/time.ts';

/** Of an access entry; a day stands for its first moment in UTC. */
const TAG = 'expires-at';

export const temporaryGrantOverdue: Detection = {
  id: 'temporary-grant-overdue',
  ref: 'BG-002',
  title: 'Temporary grant overdue',
  severity: 'high',
  needs: [['eks-api/access-entries']],
  why: 'What was given for a day and is never taken back becomes one more standing admin of whom nobody remembers why.',
  fix: 'Delete the access entry, or agree on a later day and write it into its tag expires-at.',
  blindSpots:
    'A row of aws-auth has no tags: only access entries with the tag expires-at are looked at. Who may change tags may put the day off.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/eks-using-tags.html'],
  attack: ['T1098.006'],
  cis: ['4.1.1'],
  shownElsewhere: {
    because: 'no access entry of its clusters is tagged as temporary.',
    test: 'test/detections/temporary-grant-overdue.test.ts',
  },
  *detect({ entries, now, cluster }) {
    for (const entry of entries) {
      const end = readEnd(entry);
      if (end === null || (end.at !== null && msBetween(now, end.at) > 0)) continue;
      const { arn } = entry.principal;
      yield {
        subject: `iam:${arn}`,
        severity: end.at === null ? 'medium' : 'high',
        summary:
          end.at === null
            ? `The access entry of ${arn} is tagged ${TAG} ${JSON.stringify(end.text)}, which is no day: nobody can tell when it ends.`
            : `The access entry of ${arn} was to end at ${end.at} and still stands.`,
        commands: [deleteAccessEntry(cluster, arn)],
        evidence: [entry.evidence],
      };
    }
  },
};

function readEnd({ tags }: AccessEntry): { readonly at: string | null; readonly text: string } | null {
  if (!Object.hasOwn(tags, TAG)) return null;
  const text = (tags[TAG] ?? '').trim();
  return { at: isoTime(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text), text };
}
