/** keyholder.yml's accepted risks and approved admins into what they say of one finding. */
import type { AcceptedRisk, Config } from '../model/config.ts';
import type { Cluster } from '../model/eks.ts';
import type { Acceptance, Detection, Subject } from '../model/finding.ts';
import { arnKey } from '../rules/arn.ts';
import { msBetween } from '../rules/time.ts';

/** An accepted risk holds until its day; an approved admin holds for findings that say no more than "is an admin". */
export function findAcceptance(
  finding: { readonly fingerprint: string; readonly subject: Subject; readonly detection: Detection },
  cluster: Cluster | null,
  { config, now }: { readonly config: Config; readonly now: string },
): Acceptance | null {
  const risk = config.acceptedRisks.find((accepted) => accepted.finding === finding.fingerprint);
  if (risk !== undefined) return fromRisk(risk, now);
  if (finding.detection.saysOnlyIsAdmin !== true || cluster === null) return null;
  const admin = config.approvedAdmins.find(
    ({ principal, clusters }) =>
      (clusters.length === 0 || clusters.includes(cluster.name) || clusters.includes(cluster.arn)) &&
      namesPrincipal(finding.subject, principal),
  );
  if (admin === undefined) return null;
  return { owner: 'approvedAdmins', reason: admin.reason ?? 'approved admin', expires: null, isInForce: true };
}

function fromRisk(risk: AcceptedRisk, now: string): Acceptance {
  const { owner, reason, expires } = risk;
  return { owner, reason, expires, isInForce: msBetween(now, expires) > 0 };
}

/** True when the subject is this very principal, whichever door it came through. */
function namesPrincipal(subject: Subject, principal: string): boolean {
  const name = /^(?:iam|aws-auth|user):(.+)$/s.exec(subject)?.[1];
  if (name === undefined) return false;
  return name === principal || (principal.startsWith('arn:') && arnKey(name) === arnKey(principal));
}
