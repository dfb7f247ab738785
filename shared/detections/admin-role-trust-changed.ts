/** A call changed who may assume a role that is an admin of the cluster. */

import type { Facts } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import type { PolicyDocument } from '../model/iam.ts';
import { nameActor } from '../rules/actors.ts';
import { parsePrincipal } from '../rules/arn.ts';
import { findIamRole } from '../rules/iam-roles.ts';
import { listAdminDoorsOf } from '../rules/mapped-calls.ts';
import { setTrust, showTrust } from '../rules/remedies.ts';
import { findTrustBefore, findTrustCall, isSameTrust, listLetIn, readTrust } from '../rules/trust-changes.ts';
import { renderTrustPolicy } from '../rules/trust-policy-text.ts';
import { listTrusted, type TrustedParty } from '../rules/trusted-parties.ts';

export const adminRoleTrustChanged: Detection = {
  id: 'admin-role-trust-changed',
  ref: 'IM-001',
  title: 'Trust policy of an admin role was changed',
  severity: 'high',
  needs: [['cloudtrail', 'eks-api/access-entries', 'aws-auth', 'rbac']],
  why: 'Whoever may assume the role is an admin of the cluster, and nothing in EKS or Kubernetes shows that somebody new may: the cluster stays as it was.',
  fix: 'Look at the policy, put the one back that stood before, and end the sessions of the role that were begun since.',
  blindSpots:
    'IAM writes its records to one region of a partition: the others show nothing. Where neither an earlier record nor a snapshot tells what the policy said before, the call is told as one that may have let anybody in. Roles that an admin role trusts in turn are told by admin-people-grew.',
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html',
  ],
  attack: ['T1098.003'],
  cis: ['4.1.1'],
  recurs: true,
  listCalls: () => ['UpdateAssumeRolePolicy'],
  *observe(record, facts) {
    const call = findTrustCall(record);
    if (call === null || facts === null) return;
    const { principalArn } = call;
    if (listAdminDoorsOf(principalArn, facts).length === 0) return;
    const role = findIamRole(facts.accounts, parsePrincipal(principalArn));
    const after = readTrust(call);
    const before = findTrustBefore(call, facts.records, role);
    if (before !== null && after !== null && isSameTrust(before, after)) return;
    const { words, isWider, gainers } = wordChange(before, after);
    const actor = nameActor(call.actor);
    yield {
      subject: `iam:${principalArn}`,
      severity: isWider ? 'critical' : 'high',
      summary: `${actor} changed the trust policy of ${principalArn}, which is an admin of ${facts.cluster.name}: ${words}.`,
      commands: listCommands(parsePrincipal(principalArn).name, isUnderstood(facts) ? before : null),
      ...(gainers.length === 0 ? {} : { gainers }),
      actor,
      at: call.at,
      isPast: true,
      evidence: [call.evidence],
    };
  },
};

/** A statement that was not understood is in no policy that we could put back. */
function isUnderstood({ coverage }: Facts): boolean {
  return coverage.every(({ source, skipped }) => source !== 'iam' || skipped === 0);
}

/** Where it is known what stood before, that is put back. */
function listCommands(roleName: string, before: PolicyDocument | null): readonly string[] {
  const earlier = before === null ? null : renderTrustPolicy(before);
  return earlier === null ? [showTrust(roleName)] : [showTrust(roleName), setTrust(roleName, earlier)];
}

interface Change {
  readonly words: string;
  readonly isWider: boolean;
  /** Whoever can become the role now and could not before; none where that is not known, or hangs on conditions alone. */
  readonly gainers: readonly string[];
}

/** What is not known may have let anybody in whom the policy names now, other than services. */
function wordChange(before: PolicyDocument | null, after: PolicyDocument | null): Change {
  if (after === null)
    return { words: 'whom it lets in now cannot be read from the record', isWider: true, gainers: [] };
  const added = before === null ? listTrusted({ trust: after }) : listLetIn(before, after);
  const names = [...new Set(added.map(wordParty))];
  if (before !== null) {
    if (names.length === 0)
      return { words: 'it names nobody new (conditions and denials are not weighed)', isWider: false, gainers: [] };
    const gainers = added.some(({ isConditional }) => !isConditional) ? names : [];
    return { words: `it lets in ${names.join(', ')}, who could not assume it before`, isWider: true, gainers };
  }
  const isWider = added.some(({ kind }) => kind !== 'service');
  const now = names.length === 0 ? 'nobody' : names.join(', ');
  return { words: `it lets in ${now} now, and whom it let in before is not known`, isWider, gainers: [] };
}

function wordParty({ kind, name, isConditional }: TrustedParty): string {
  const who = kind === 'everyone' ? 'everyone' : name;
  return isConditional ? `${who} (under a condition)` : who;
}
