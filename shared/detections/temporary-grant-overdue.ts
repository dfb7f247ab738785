/** A grant of admin that was meant to end by now, and stands. */
import type { AccessEntry } from '../model/eks.ts';
import type { Facts } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import { isHolder, isSamePrincipal, listTemporaryGrants } from '../rules/declared.ts';
import { deleteAccessEntry } from '../rules/remedies.ts';
import { isoTime, msBetween } from '../rules/time.ts';

/** Of an access entry; a day stands for its first moment in UTC. */
const TAG = 'expires-at';
const MOST_NAMED = 5;

export const temporaryGrantOverdue: Detection = {
  id: 'temporary-grant-overdue',
  ref: 'BG-002',
  title: 'Temporary grant overdue',
  severity: 'high',
  needs: [['eks-api/access-entries', 'aws-auth', 'rbac']],
  why: 'What was given for a day and is never taken back becomes one more standing admin of whom nobody remembers why.',
  fix: 'Take the grant away, or agree on a later day and write it into the tag expires-at of the access entry, or under temporaryGrants in keyholder.yml.',
  blindSpots:
    'Looked at are access entries with the tag expires-at, and principals under temporaryGrants in keyholder.yml: rows of aws-auth and bindings carry no tags. Who may change tags may put the day off.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/eks-using-tags.html'],
  attack: ['T1098.006'],
  cis: ['4.1.1'],
  shownElsewhere: {
    because: 'no access entry of its clusters is tagged as temporary.',
    test: 'test/detections/temporary-grant-overdue.test.ts',
  },
  *detect(facts) {
    for (const entry of facts.entries) yield* tellTagged(entry, facts);
    yield* tellDeclared(facts);
  },
};

function* tellTagged(entry: AccessEntry, { now, cluster }: Facts): Iterable<Match> {
  const end = readEnd(entry);
  if (end === null || (end.at !== null && msBetween(now, end.at) > 0)) return;
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

/** Whatever it still holds, by whichever door. */
function* tellDeclared(facts: Facts): Iterable<Match> {
  const { now, cluster, entries, access } = facts;
  for (const { principal, until, reason } of listTemporaryGrants(facts)) {
    const held = access.find((row) => isHolder(principal, row));
    if (msBetween(now, until) > 0 || held === undefined || held.grants.length === 0) continue;
    const entry = entries.find(({ principal: { arn } }) => isSamePrincipal(principal, arn));
    const arn = entry?.principal.arn ?? held.principalArn;
    const what = [...new Set(held.grants.map(({ via, detail }) => `${via} ${detail}`))];
    yield {
      subject: arn === null ? `user:${principal}` : `iam:${arn}`,
      summary: `What ${principal} holds on ${cluster.name}${reason === null ? '' : ` (${reason})`} was to end at ${until} by keyholder.yml and still stands: ${what.slice(0, MOST_NAMED).join(', ')}.`,
      commands: entry === undefined ? [] : [deleteAccessEntry(cluster, entry.principal.arn)],
      evidence: held.grants.flatMap(({ evidence }) => evidence).slice(0, MOST_NAMED),
    };
  }
}

function readEnd({ tags }: AccessEntry): { readonly at: string | null; readonly text: string } | null {
  if (!Object.hasOwn(tags, TAG)) return null;
  const text = (tags[TAG] ?? '').trim();
  const day = /^\d{4}-\d\d-\d\d/.exec(text)?.[0] ?? '';
  // Date takes 30 February for 2 March.
  const isDay = isoTime(`${day}T00:00:00Z`)?.startsWith(day) === true;
  return { at: isDay ? isoTime(text === day ? `${text}T00:00:00Z` : text) : null, text };
}
