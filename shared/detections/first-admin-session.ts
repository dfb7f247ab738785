/** An admin at work who was never seen before. */
import type { Facts } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import { arnKey } from '../rules/arn.ts';
import {
  type FirstSession,
  findAdminDoor,
  findSight,
  isNew,
  isRemembered,
  listFirstSessions,
  type Session,
} from '../rules/first-sessions.ts';
import { isReadInWhole } from '../rules/read-sources.ts';
import { compareTimes } from '../rules/time.ts';

const LOGS = ['authenticator-log', 'audit-log'] as const;

export const firstAdminSession: Detection = {
  id: 'first-admin-session',
  ref: 'AU-002',
  title: 'First session of an admin',
  severity: 'medium',
  needs: [['authenticator-log', 'audit-log']],
  why: 'A right that was never used before is used now: by the new colleague it was given to, or by whoever found it lying about.',
  fix: 'Ask the person behind the session. If nobody knows of it, take the mapping away first and then end the role sessions.',
  blindSpots:
    'Only logs that show thirty days before the session can say that there was none: those of one run, or of the runs of thirty days of which none read a log in part. Admins that come back after a long time are not told, only those that were never seen; a role is one principal, whoever assumes it.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html'],
  attack: ['T1078.004'],
  cis: [],
  shownElsewhere: {
    because: 'nobody logged in to its clusters for the first time on its last day.',
    test: 'test/detections/first-admin-session.test.ts',
  },
  findLack: (facts) => (LOGS.some((log) => findSight(log, facts.now, facts) !== null) ? null : 'no log of thirty days'),
  *detect(facts) {
    for (const first of listFirstSessions(facts)) yield tell(first, facts);
  },
  *observe(record, facts) {
    if (facts === null || record.source !== 'authenticator-log' || record.kind !== 'granted') return;
    const { arn, at, username, groups, evidence, source } = record;
    const session: Session = { source, principalArn: arn, username, groups, policyArn: null, evidence };
    const door = findAdminDoor(session, facts);
    if (arn === null || at === null || door === null || !isNew(source, at, facts) || wasSeen(arn, at, facts)) return;
    const seenFrom = findSight(source, at, facts);
    if (seenFrom !== null) yield tell({ arn, at, seenFrom, door, session }, facts);
  },
};

function wasSeen(arn: string, at: string, facts: Facts): boolean {
  const key = arnKey(arn);
  if (isRemembered(arn, at, facts)) return true;
  return facts.usage.some(
    ({ principalArn, firstAt }) =>
      principalArn !== null && firstAt !== null && arnKey(principalArn) === key && compareTimes(firstAt, at) < 0,
  );
}

function tell({ arn, at, seenFrom, door, session }: FirstSession, { cluster, state, coverage }: Facts): Match {
  const audited = state.firstAuditAt[cluster.arn];
  const before =
    audited === undefined
      ? 'no earlier audit is stored, so whether it was there before that is not known'
      : `the first audit of the cluster was at ${audited}`;
  const inPart = isReadInWhole(coverage, session.source) ? '' : `, in the ${session.source}, which was read in part`;
  return {
    subject: `iam:${arn}`,
    summary: `${arn} was at work in ${cluster.name} as an admin at ${at}, through ${door}, and was not seen before it since ${seenFrom}, the first day we can see${inPart}; ${before}.`,
    actor: arn,
    at,
    isPast: true,
    evidence: [session.evidence],
  };
}
