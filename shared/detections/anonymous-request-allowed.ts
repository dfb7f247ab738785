/** A request without credentials that the API server let through. */
import type { Facts } from '../model/facts.ts';
import { type Detection, type Match, SEVERITIES, type Severity } from '../model/finding.ts';
import type { AuditEvent } from '../model/records.ts';
import { isAllowed } from '../rules/access-events.ts';
import { classifyRequest, isAnonymousCaller, isHealthProbe, wordRequest } from '../rules/anonymous-requests.ts';
import { gradeAnonymous } from '../rules/everyone.ts';

export const anonymousRequestAllowed: Detection = {
  id: 'anonymous-request-allowed',
  ref: 'AN-006',
  title: 'Request without credentials was allowed',
  severity: 'high',
  needs: [['audit-log']],
  why: 'Somebody who presented no credentials read or changed an object: the door is not only open, it was walked through, and the log knows no more of the caller than an address.',
  fix: 'Find the binding that names system:anonymous or system:unauthenticated, delete it, and take everything that the request touched for known to others.',
  blindSpots:
    'EKS writes no audit event for /healthz, /version and /swagger paths. Whether Kubernetes 1.32 already refused such callers at the time of an old record is judged by the version of today.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests',
    'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  ],
  attack: ['T1190', 'T1078.001'],
  cis: [],
  correlate: (facts) => {
    const worst = new Map<string, Seen>();
    return {
      add(record) {
        if (record.source !== 'audit-log' || !isAnonymousCaller(record) || !isAllowed(record)) return;
        const severity = grade(record, facts);
        if (severity === null) return;
        const known = worst.get(record.user.username);
        const isWorse = known === undefined || SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(known.severity);
        const evidence = [...(known?.evidence ?? []), record.evidence].slice(0, MOST_SHOWN);
        const count = (known?.count ?? 0) + 1;
        const { event, severity: shown } = isWorse ? { event: record, severity } : known;
        worst.set(record.user.username, { event, severity: shown, count, evidence });
      },
      matches: () => [...worst.values()].map((seen) => toMatch(seen, facts)),
    };
  },
};

interface Seen {
  readonly event: AuditEvent;
  readonly severity: Severity;
  readonly count: number;
  readonly evidence: readonly AuditEvent['evidence'][];
}

const MOST_SHOWN = 10;

/** null for what is open by design. */
function grade(event: AuditEvent, facts: Facts | null): Severity | null {
  const kind = classifyRequest(event);
  if (kind === 'health' || (kind === 'discovery' && isHealthProbe(event))) return null;
  if (kind === 'discovery') return gradeAnonymous('low', facts);
  return facts?.anonymousRefused === true ? 'critical' : 'high';
}

function toMatch({ event, severity, count, evidence }: Seen, facts: Facts | null): Match {
  const others = count > 1 ? `, and ${count - 1} more` : '';
  const odd =
    severity === 'critical' && facts !== null ? ` Kubernetes ${facts.cluster.version} should have refused it.` : '';
  return {
    subject: `user:${event.user.username}`,
    severity,
    summary: `A caller without credentials${event.actor.sourceIp === null ? '' : ` at ${event.actor.sourceIp}`} was allowed to ${wordRequest(event)}${others}.${odd}`,
    actor: event.user.username,
    at: event.at,
    isPast: true,
    evidence,
  };
}
