/** The root user of an account at work in the cluster. */
import type { Detection } from '../model/finding.ts';

export const rootSession: Detection = {
  id: 'root-session',
  ref: 'AU-007',
  title: 'Session of the root user',
  severity: 'critical',
  needs: [['authenticator-log']],
  why: 'No policy holds the root user, nobody needs it for daily work, and no person stands behind it by name: its login to a cluster is an emergency or an intrusion.',
  fix: 'Ask the owner of the account at once. If nobody answers for it, take the mapping of the root out, change its password and second factor, and delete its access keys.',
  blindSpots:
    'An admin role that the root user assumed looks like any session of the role; CloudTrail shows who assumed it.',
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html',
  ],
  attack: ['T1078.004'],
  cis: [],
  recurs: true,
  *observe(record) {
    if (record.source !== 'authenticator-log' || record.kind !== 'granted') return;
    const { arn, username, groups, evidence } = record;
    if (arn === null || !arn.endsWith(':root')) return;
    const rights = groups.length === 0 ? 'no group' : groups.join(', ');
    yield {
      subject: `iam:${arn}`,
      summary: `The root user ${arn} logged in as ${username} in ${rights}.`,
      actor: arn,
      isPast: true,
      evidence: [evidence],
    };
  },
};
