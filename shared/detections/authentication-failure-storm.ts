/** Many denied logins within minutes: a lockout, or somebody at the door. */
import type { Coverage, Ref, Source } from '../model/coverage.ts';
import type { Detection, Match } from '../model/finding.ts';
import { canLockOut } from '../rules/access-calls.ts';
import { createStormWatch, type DenialKind, type Storm } from '../rules/denial-storms.ts';
import { SHOW_AWS_AUTH } from '../rules/remedies.ts';
import { compareTimes, msBetween } from '../rules/time.ts';

const LOCKOUT_MS = 30 * 60_000;

export const authenticationFailureStorm: Detection = {
  id: 'authentication-failure-storm',
  ref: 'AU-003',
  title: 'Storm of denied logins',
  severity: 'medium',
  needs: [['authenticator-log']],
  why: 'Principals that were let in yesterday and are denied today are how a lockout begins: first those whose tokens ran out, then the nodes. Bad tokens in numbers are a client set up wrongly, or somebody who is guessing.',
  fix: 'Where the storm follows a change of access, undo the change: recover lists the ways back in. Otherwise find the client; pipelines with an old kubeconfig are the most frequent.',
  blindSpots:
    'Fewer than ten denials of one caller in five minutes are not reported. Without the audit log and CloudTrail nothing is known of the change before the storm: a lockout stays medium, and the finding says that nobody could tell.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html'],
  attack: ['T1110', 'T1531'],
  cis: [],
  correlate: (facts) => {
    const watch = createStormWatch();
    const changes: Change[] = [];
    return {
      add: (record) => {
        if (record.source === 'authenticator-log' && record.kind === 'denied') watch.add(record);
        else if (record.at !== null && canLockOut(record)) changes.push({ at: record.at, evidence: record.evidence });
      },
      matches: () =>
        watch.storms().map((storm) => {
          const change = findChange(storm, changes);
          return tell(storm, change, change === undefined ? listUnread(storm, facts?.coverage ?? []) : []);
        }),
    };
  },
};

interface Change {
  readonly at: string;
  readonly evidence: Ref;
}

/** The last change before the storm. Only a caller who is known and not mapped can have been locked out. */
function findChange({ kind, startedAt }: Storm, changes: readonly Change[]): Change | undefined {
  if (kind !== 'mapping') return undefined;
  return changes
    .filter(({ at }) => {
      const after = msBetween(at, startedAt);
      return after >= 0 && after <= LOCKOUT_MS;
    })
    .sort((a, b) => compareTimes(a.at, b.at))
    .at(-1);
}

/** What shows changes of access, and was not read for the time before the storm: its silence says nothing of them. */
function listUnread({ kind, startedAt }: Storm, coverage: readonly Coverage[]): readonly Source[] {
  if (kind !== 'mapping') return [];
  return coverage
    .filter(({ source }) => source === 'audit-log' || source === 'cloudtrail')
    .filter(({ status, window }) => {
      const isCovered = window === null || msBetween(window.from, startedAt) >= LOCKOUT_MS;
      return status !== 'complete' || !isCovered;
    })
    .map(({ source }) => source);
}

const WORDS: Readonly<Record<DenialKind, string>> = {
  mapping: 'because nothing maps it',
  token: 'for bad or expired tokens',
  throttling: 'because STS throttled the check of their tokens',
};

function tell(storm: Storm, change: Change | undefined, unread: readonly Source[]): Match {
  const { arn, kind, startedAt, most, evidence } = storm;
  const who = arn ?? 'Callers whom STS did not prove';
  const after = change === undefined ? '' : ` It began after access was changed at ${change.at}.`;
  const doubt =
    unread.length === 0
      ? ''
      : ` Whether access was changed before it, which would make it a lockout and critical, cannot be told: not read in whole: ${unread.join(', ')}.`;
  return {
    subject: arn === null ? 'cluster' : `iam:${arn}`,
    severity: change === undefined ? 'medium' : 'critical',
    summary: `${who} ${arn === null ? 'were' : 'was'} denied ${most} times in five minutes ${WORDS[kind]}, from ${startedAt} on.${after}${doubt}`,
    commands: kind === 'mapping' ? [SHOW_AWS_AUTH] : [],
    at: startedAt,
    isPast: true,
    evidence: change === undefined ? [evidence] : [evidence, change.evidence],
  };
}
