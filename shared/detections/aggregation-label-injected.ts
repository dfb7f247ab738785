/** A ClusterRole that adds its rules to admin, edit, view or cluster-admin by a label. */
import type { ResolvedRole } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import type { AuditEvent } from '../model/records.ts';
import { watchRoles } from '../rules/access-watch.ts';
import { removeLabel, showRole } from '../rules/rbac-remedies.ts';
import { roleSubject } from '../rules/subject-names.ts';
import { isOfCore, wordRule } from '../rules/wide-rules.ts';

export const aggregationLabelInjected: Detection = {
  id: 'aggregation-label-injected',
  ref: 'RB-008',
  title: 'ClusterRole that widens a built-in role by its label',
  severity: 'high',
  needs: [['rbac'], ['audit-log']],
  why: 'The label makes Kubernetes copy the rules into a role that people already hold, so that everybody who is bound to admin, edit or view gets them without a single binding being touched.',
  fix: 'Take the label off, or move the rules on core objects into a role of their own that is bound by name.',
  blindSpots:
    'Labels on rules over custom objects alone are what operators are meant to set, and are not reported; nor are roles that a service account writes.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles'],
  attack: ['T1098.006'],
  cis: ['4.1.3'],
  *detect({ roles }) {
    for (const role of roles) yield* judge(role, null);
  },
  correlate: (facts) => watchRoles(facts, judge),
};

const PREFIX = 'rbac.authorization.k8s.io/aggregate-to-';
const TARGETS = ['cluster-admin', 'admin', 'edit', 'view'];

function* judge(role: ResolvedRole, writer: AuditEvent | null): Iterable<Match> {
  if (role.kind !== 'ClusterRole' || role.isDefault || writer?.actor.kind === 'service-account') return;
  const targets = TARGETS.filter((target) => hasLabel(role, target));
  const rule = role.effectiveRules.find(isOfCore);
  if (targets.length === 0 || rule === undefined) return;
  yield {
    subject: roleSubject(role),
    summary: `ClusterRole ${role.name} adds its rules to ${targets.join(' and ')} by label: ${wordRule(rule)}.`,
    commands: [showRole(role), ...targets.map((target) => removeLabel(role, PREFIX + target))],
    at: role.createdAt,
    evidence: [role.evidence],
  };
}

function hasLabel({ labels }: ResolvedRole, target: string): boolean {
  return Object.hasOwn(labels, PREFIX + target) && labels[PREFIX + target] === 'true';
}
