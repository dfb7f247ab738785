/** aws-auth was created, and the audit log of EKS does not keep what was written. */
import type { Facts } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import type { AuditEvent } from '../model/records.ts';
import { findAccessSubject, isChange } from '../rules/access-events.ts';
import { isControlPlane, nameActor } from '../rules/actors.ts';
import { SHOW_AWS_AUTH } from '../rules/remedies.ts';
import { msBetween } from '../rules/time.ts';

export const awsAuthCreatedUnseen: Detection = {
  id: 'aws-auth-created-unseen',
  ref: 'AA-002',
  title: 'aws-auth created, its content not logged',
  severity: 'high',
  needs: [['audit-log']],
  why: 'EKS logs the content of aws-auth when it is changed, not when it is created: deleting the object and creating it again puts anybody into system:masters without a trace of whom.',
  fix: 'Read the object now, and compare it with the rows that should be there. The other detections judge what it holds.',
  blindSpots:
    'What the object held between its creation and the first read of it is not known, unless a later change shows it.',
  references: ['https://docs.aws.amazon.com/eks/latest/best-practices/auditing-and-logging.html'],
  attack: ['T1098.006'],
  cis: ['4.1.7'],
  recurs: true,
  *observe(record, facts) {
    if (!isChange(record) || record.verb !== 'create' || findAccessSubject(record) !== 'aws-auth') return;
    // Nodes bring their own row, and in mode API nothing reads it.
    if (record.written != null || isControlPlane(record, facts) || facts?.cluster.authenticationMode === 'API') return;
    const isRead = facts !== null && isReadSince(record, facts);
    const actor = nameActor(record.actor);
    yield {
      subject: 'aws-auth',
      severity: isRead ? 'low' : 'high',
      summary: `${actor} created aws-auth; the log does not say with what.${isRead ? ' The object was read since, and its rows are judged.' : ' What it held has not been read since.'}`,
      commands: [SHOW_AWS_AUTH],
      actor,
      isPast: true,
      evidence: [record.evidence],
    };
  },
};

const SAME_MS = 60_000;

/** True when the object that was read is the one that was created then. */
function isReadSince({ at }: AuditEvent, { awsAuth }: Facts): boolean {
  if (at === null || awsAuth === null || awsAuth.createdAt === null) return false;
  return Math.abs(msBetween(at, awsAuth.createdAt)) <= SAME_MS;
}
