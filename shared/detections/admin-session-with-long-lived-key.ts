/** An admin who logs in with an access key that does not run out. */
import type { Ref } from '../model/coverage.ts';
import type { Usage } from '../model/evidence.ts';
import type { Facts } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import type { EvidenceRecord } from '../model/records.ts';
import { listHolderKeys } from '../rules/admin-doors.ts';
import { arnKey } from '../rules/arn.ts';
import { MASTERS } from '../rules/keyholders.ts';
import { CLUSTER_ADMIN_POLICY } from '../rules/policy-reach.ts';

export const adminSessionWithLongLivedKey: Detection = {
  id: 'admin-session-with-long-lived-key',
  ref: 'AU-006',
  title: 'Admin session with a long-lived access key',
  severity: 'medium',
  needs: [['authenticator-log', 'audit-log', 'eks-api/access-entries', 'aws-auth', 'rbac']],
  why: 'A key that begins with AKIA works from anywhere until somebody deletes it, and keys of this kind are what ends up in repositories and on laptops: this one opens a cluster.',
  fix: 'Let the person or pipeline assume a role, move the mapping to the role, and delete the key.',
  blindSpots:
    'The authenticator log shows the key in a line of its own, which may be missing. A session that was made with such a key and a role shows the temporary key alone.',
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html'],
  attack: ['T1078.004'],
  cis: [],
  *detect(facts) {
    for (const use of facts.usage) if (isAdmin(use, facts)) yield* judge({ ...use, at: use.lastAt });
  },
  *observe(record, facts) {
    const session = findSession(record);
    if (session !== null && isAdmin(session, facts)) yield* judge(session);
  },
};

interface Session extends Pick<Usage, 'principalArn' | 'username' | 'groups' | 'policyArn' | 'accessKeyId'> {
  readonly at: string | null;
  readonly evidence: Ref;
}

function* judge({ principalArn, username, accessKeyId, at, evidence }: Session): Iterable<Match> {
  if (accessKeyId === null || !accessKeyId.startsWith('AKIA')) return;
  const who = principalArn ?? username;
  yield {
    subject: principalArn === null ? `user:${username}` : `iam:${principalArn}`,
    summary: `${who}, an admin, logged in as ${username} with a long-lived access key that ends in ${accessKeyId.slice(-4)}.`,
    actor: who,
    at,
    isPast: true,
    evidence: [evidence],
  };
}

function isAdmin({ principalArn, groups, policyArn }: Omit<Session, 'at' | 'evidence'>, facts: Facts | null): boolean {
  if (groups.includes(MASTERS) || policyArn?.endsWith(`/${CLUSTER_ADMIN_POLICY}`) === true) return true;
  return facts !== null && principalArn !== null && listHolderKeys(facts.access).has(arnKey(principalArn));
}

function findSession(record: EvidenceRecord): Session | null {
  if (record.source === 'audit-log') {
    const { actor, user, accessPolicy, at, evidence } = record;
    const { principalArn, accessKeyId } = actor;
    const policyArn = accessPolicy?.policyArn ?? null;
    return { principalArn, accessKeyId, policyArn, username: user.username, groups: user.groups, at, evidence };
  }
  if (record.source !== 'authenticator-log' || record.kind !== 'granted') return null;
  const { arn, username, groups, accessKeyId, at, evidence } = record;
  return { principalArn: arn, username, groups, policyArn: null, accessKeyId, at, evidence };
}
