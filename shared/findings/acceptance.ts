/** keyholder.yml's accepted risks and approved admins into what they say of one finding. */
import type { AcceptedRisk, Config } from '../model/config.ts';
import type { Cluster } from '../model/eks.ts';
import type { Acceptance, DetectionRule, Finding, Subject } from '../model/finding.ts';
import type { ReportedAcceptance } from '../model/report.ts';
import { arnKey } from '../rules/arn.ts';
import { msBetween } from '../rules/time.ts';

/** An accepted risk holds until its day; an approved admin holds for findings that say no more than "is an admin". */
export function findAcceptance(
  finding: { readonly fingerprint: string; readonly subject: Subject; readonly detection: DetectionRule },
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

/** Every accepted risk with what became of it; findings are matched by fingerprint alone. */
export function listAcceptances(
  config: Config,
  findings: readonly Finding[],
  now: string,
): readonly ReportedAcceptance[] {
  const found = new Set(findings.map((finding) => finding.fingerprint));
  return config.acceptedRisks.map(({ finding, owner, reason, expires }) => {
    const isExpired = msBetween(now, expires) <= 0;
    return {
      finding,
      owner,
      reason,
      expires,
      status: isExpired ? 'expired' : found.has(finding) ? 'in-force' : 'unmatched',
    };
  });
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
