/** A role with `*` for a verb or a resource. */
import type { ResolvedRole } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import { watchRoles } from '../rules/access-watch.ts';
import { editRole, listBindingsOf, showRole } from '../rules/rbac-remedies.ts';
import { roleSubject, wordRole } from '../rules/subject-names.ts';
import { isForeign, isWildcard, wordRule } from '../rules/wide-rules.ts';

export const wildcardRole: Detection = {
  id: 'wildcard-role',
  ref: 'RB-005',
  title: 'Role with a wildcard',
  severity: 'high',
  needs: [['rbac'], ['audit-log']],
  why: 'A wildcard allows what its author did not list and what does not exist yet: escalate, bind and impersonate among the verbs, exec, token and proxy among the resources, and every kind that is installed later.',
  fix: 'Write down the verbs and resources that are used. Look at who is bound first: the audit log shows what they really call.',
  blindSpots:
    'A role that lists everything one by one is as wide and has no wildcard: its level says so. Wildcards over the custom objects of an operator alone are reported as info.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources',
  ],
  attack: ['T1098.006'],
  cis: ['4.1.3'],
  *detect({ roles }) {
    for (const role of roles) yield* judge(role);
  },
  correlate: (facts) => watchRoles(facts, judge),
};

function* judge(role: ResolvedRole): Iterable<Match> {
  if (role.isDefault) return;
  const wild = role.effectiveRules.filter(isWildcard);
  const worst = wild.find((rule) => !isForeign(rule)) ?? wild[0];
  if (worst === undefined) return;
  const isOwn = isForeign(worst);
  yield {
    subject: roleSubject(role),
    severity: isOwn ? 'info' : 'high',
    summary: `${wordRole(role)} allows ${wordRule(worst)}${isOwn ? ', which are no objects of Kubernetes itself' : wordReach(role)}.`,
    commands: [showRole(role), listBindingsOf(role), editRole(role)],
    at: role.createdAt,
    evidence: [role.evidence],
  };
}

/** What a role gives depends on how it is bound: its level is that of the widest way. */
function wordReach({ kind, level, reason }: ResolvedRole): string {
  if (level === 'limited') return '';
  return `: whoever ${kind === 'ClusterRole' ? 'a ClusterRoleBinding binds to it' : 'is bound to it'} ${reason}`;
}
