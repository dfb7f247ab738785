/** A login in system:masters of a principal that nobody declared. */
import type { Facts } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import type { Login } from '../model/records.ts';
import { isEksIdentity } from '../rules/actors.ts';
import { arnKey } from '../rules/arn.ts';
import { isApprovedAdmin, isBreakGlass } from '../rules/declared.ts';
import { MASTERS } from '../rules/keyholders.ts';

export const unexpectedSystemMastersSession: Detection = {
  id: 'unexpected-system-masters-session',
  ref: 'AU-001',
  title: 'Session in system:masters that nobody declared',
  severity: 'high',
  needs: [['authenticator-log']],
  why: 'A session in system:masters may do anything and no policy holds it: each of them belongs to somebody who is known to need it.',
  fix: 'Find out who it was: the session name and the access key lead to CloudTrail. Declare the principal in approvedAdmins if it is right, else take its mapping away first and then end its role sessions.',
  blindSpots:
    'Admins through access policies log in without system:masters and are not seen here. The session name is chosen by whoever assumed the role. The hidden creator and break-glass principals have detections of their own.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html',
  ],
  attack: ['T1078.004'],
  cis: ['4.1.1'],
  *observe(record, facts) {
    if (record.source !== 'authenticator-log' || record.kind !== 'granted') return;
    if (!record.groups.includes(MASTERS) || isExpected(record, facts)) return;
    const { arn, username, sessionName, evidence } = record;
    const session = sessionName === null ? '' : ` (session ${sessionName})`;
    const known = facts === null ? ' Whether it is an approved admin is not known here.' : '';
    yield {
      subject: arn === null ? `user:${username}` : `iam:${arn}`,
      summary: `${arn ?? `A principal that the log does not name`}${session} logged in as ${username} in system:masters.${known}`,
      actor: arn ?? username,
      isPast: true,
      evidence: [evidence],
    };
  },
};

function isExpected({ arn, username }: Login, facts: Facts | null): boolean {
  if (isEksIdentity(username, arn, facts)) return true;
  if (facts === null) return false;
  const name = arn ?? username;
  if (isApprovedAdmin(name, facts) || isBreakGlass(name, facts)) return true;
  const { creator, cluster } = facts;
  const isHidden = cluster.authenticationMode === 'CONFIG_MAP' && creator.principalArn !== null && arn !== null;
  return isHidden && arnKey(creator.principalArn) === arnKey(arn);
}
