/** The one role that Kubernetes itself opens to callers without credentials, no longer as Kubernetes ships it. */
import type { Facts, ResolvedBinding, ResolvedRole } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import { joinCorrelators, watchBindings, watchRoles } from '../rules/access-watch.ts';
import {
  gradeAnonymous,
  isAnonymousSubject,
  isPublicInfoBinding,
  isPublicInfoOnly,
  PUBLIC_INFO,
  wordAnonymousRefusal,
} from '../rules/everyone.ts';
import { removeSubjects, showRole } from '../rules/rbac-remedies.ts';
import { isLeftAlone } from '../rules/rbac-view.ts';
import { deleteBinding, showBinding } from '../rules/remedies.ts';
import { bindingSubject, roleSubject, wordSubjects } from '../rules/subject-names.ts';
import { wordRule } from '../rules/wide-rules.ts';

export const publicInfoViewerWidened: Detection = {
  id: 'public-info-viewer-widened',
  ref: 'AN-004',
  title: 'system:public-info-viewer allows more than health and version',
  severity: 'critical',
  needs: [['rbac'], ['audit-log']],
  why: 'The role is bound to every caller, with credentials or without, and nobody looks at objects that Kubernetes made itself: a rule that is added here opens the cluster in a place where it is least expected.',
  fix: 'Delete the changed object, or write it back with kubectl auth reconcile from a known copy; the API server makes the default again when it starts.',
  blindSpots:
    'A binding whose anonymous group was taken out and that the API server is told to leave alone is a hardening, and is not reported.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings',
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#auto-reconciliation',
  ],
  attack: ['T1098.006'],
  cis: [],
  *detect(facts) {
    for (const role of facts.roles) yield* judgeRole(role, facts);
    for (const binding of facts.bindings) yield* judgeBinding(binding, facts);
  },
  correlate: (facts) =>
    joinCorrelators(
      watchRoles(facts, (role) => judgeRole(role, facts)),
      watchBindings(facts, (binding) => judgeBinding(binding, facts)),
    ),
};

function* judgeRole(role: ResolvedRole, facts: Facts | null): Iterable<Match> {
  if (role.kind !== 'ClusterRole' || role.name !== PUBLIC_INFO) return;
  const added = role.effectiveRules.filter((rule) => !isPublicInfoOnly([rule]));
  const [first] = added;
  if (first === undefined) return;
  yield {
    subject: roleSubject(role),
    severity: gradeAnonymous('critical', facts),
    summary: `${PUBLIC_INFO} allows ${wordRule(first)}${added.length > 1 ? ` and ${added.length - 1} more` : ''}, beyond the health and version paths.${wordAnonymousRefusal(facts)}`,
    commands: [showRole(role)],
    at: role.createdAt,
    evidence: [role.evidence],
  };
}

const DEFAULT_SUBJECTS: ReadonlySet<string> = new Set(['system:authenticated', 'system:unauthenticated']);

function* judgeBinding(binding: ResolvedBinding, facts: Facts | null): Iterable<Match> {
  if (!isPublicInfoBinding(binding)) return;
  const others = binding.subjects.filter(({ kind, name }) => kind !== 'Group' || !DEFAULT_SUBJECTS.has(name));
  const isKeptOpen = isLeftAlone(binding) && binding.subjects.some(isAnonymousSubject);
  if (others.length === 0 && !isKeptOpen) return;
  const what = others.length > 0 ? `is bound to ${wordSubjects(others)} as well` : 'is kept open';
  const left = isLeftAlone(binding) ? ', and the API server is told not to repair the binding' : '';
  yield {
    subject: bindingSubject(binding),
    severity: gradeAnonymous('critical', facts),
    summary: `${PUBLIC_INFO} ${what}${left}.${wordAnonymousRefusal(facts)}`,
    commands: [
      showBinding(binding),
      ...(others.length > 0 ? removeSubjects(binding, others) : [deleteBinding(binding)]),
    ],
    at: binding.createdAt,
    evidence: [binding.evidence],
  };
}
