/** A role that leads through the API server to the kubelets, and requests that take the way. */
import type { ResolvedRole } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import { isAllowed } from '../rules/access-events.ts';
import { watchRoles } from '../rules/access-watch.ts';
import { isControlPlane, nameActor } from '../rules/actors.ts';
import { isKubeletRequest, isMetricsScrape } from '../rules/kubelet-requests.ts';
import { editRole, listBindingsOf, showRole } from '../rules/rbac-remedies.ts';
import { roleSubject, wordRole } from '../rules/subject-names.ts';
import { listKubeletRules, wordRule } from '../rules/wide-rules.ts';

export const nodesProxy: Detection = {
  id: 'nodes-proxy',
  ref: 'RB-013',
  title: 'The kubelet API can be reached through nodes/proxy',
  severity: 'high',
  needs: [['rbac'], ['audit-log']],
  why: 'Not even get is read-only here: the kubelet runs commands in any container of its node over a WebSocket that opens with GET, past admission control and without an entry for exec in the audit log.',
  fix: 'Give agents the narrow subresources nodes/metrics, nodes/stats and nodes/healthz, which Kubernetes 1.33 checks by default, and take nodes/proxy out of the role.',
  blindSpots:
    'What the kubelet then did is in no log of the control plane. A service account that reads metrics paths through the proxy is not reported for its use, only its role is; a bare * is told by wildcard-role.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#access-to-proxy-subresource-of-nodes',
  ],
  attack: ['T1611', 'T1550.001'],
  cis: ['4.1.10'],
  *detect({ roles }) {
    for (const role of roles) yield* judge(role);
  },
  *observe(record, facts) {
    if (record.source !== 'audit-log' || !isKubeletRequest(record) || !isAllowed(record)) return;
    if (isMetricsScrape(record) || isControlPlane(record, facts)) return;
    yield {
      subject: `user:${record.user.username}`,
      summary: `${nameActor(record.actor)} reached the kubelet of ${record.object?.name ?? 'a node'} through the API server (${record.verb}).`,
      actor: nameActor(record.actor),
      isPast: true,
      evidence: [record.evidence],
    };
  },
  correlate: (facts) => watchRoles(facts, judge),
};

function* judge(role: ResolvedRole): Iterable<Match> {
  const [rule] = listKubeletRules(role.effectiveRules);
  if (role.isDefault || rule === undefined) return;
  yield {
    subject: roleSubject(role),
    summary: `${wordRole(role)} allows ${wordRule(rule)}, and so commands in every container of every node.`,
    commands: [showRole(role), listBindingsOf(role), editRole(role)],
    at: role.createdAt,
    evidence: [role.evidence],
  };
}
