/** A binding that gives rights to callers who do not log in at all. */
import type { Facts, ResolvedBinding } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import type { Subject } from '../model/rbac.ts';
import { watchBindings } from '../rules/access-watch.ts';
import {
  gradeAnonymous,
  isAnonymousSubject,
  isLegacyDiscovery,
  isPublicInfoBinding,
  isPublicInfoOnly,
  wordAnonymousRefusal,
} from '../rules/everyone.ts';
import { removeSubjects } from '../rules/rbac-remedies.ts';
import { isRoleMissing } from '../rules/rbac-view.ts';
import { showBinding } from '../rules/remedies.ts';
import { bindingSubject, wordSubjects } from '../rules/subject-names.ts';

export const anonymousBinding: Detection = {
  id: 'anonymous-binding',
  ref: 'AN-001',
  title: 'Binding to callers who did not log in',
  severity: 'critical',
  needs: [['rbac'], ['audit-log']],
  why: 'User system:anonymous and group system:unauthenticated stand for every caller who presents no credentials, so whatever the role allows is open to anybody who reaches the API endpoint.',
  fix: 'Look at who needs the role, bind those by name, and take the anonymous subjects out. Kubernetes puts a subject of its own default bindings back when the API server starts.',
  blindSpots:
    'What the role allows is judged by its rules today; what was done through the binding before shows only in the audit log. A proxy in front of the API server that adds credentials of its own is not seen.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests',
    'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  ],
  attack: ['T1078.001', 'T1098.006'],
  cis: [],
  *detect(facts) {
    for (const binding of facts.bindings) yield* judge(binding, binding.subjects, facts);
  },
  correlate: (facts) => watchBindings(facts, (binding, fresh) => judge(binding, fresh, facts)),
};

function* judge(binding: ResolvedBinding, subjects: readonly Subject[], facts: Facts | null): Iterable<Match> {
  const open = subjects.filter(isAnonymousSubject);
  if (open.length === 0 || binding.isDefault || isRoleMissing(binding) || isOtherFinding(binding)) return;
  const { role, resolvedRole } = binding;
  const isPublic = resolvedRole !== null && isPublicInfoOnly(resolvedRole.effectiveRules);
  yield {
    subject: bindingSubject(binding),
    severity: gradeAnonymous(isPublic ? 'high' : 'critical', facts),
    summary: `${wordSubjects(open)}, that is anybody without credentials, may do what ${role.kind} ${role.name} allows: ${isPublic ? 'health and version paths alone' : binding.reason}.${wordAnonymousRefusal(facts)}`,
    commands: [showBinding(binding), ...removeSubjects(binding, open)],
    at: binding.createdAt,
    evidence: [binding.evidence],
  };
}

/** What Kubernetes' own bindings became is told by legacy-unauthenticated-discovery and public-info-viewer-widened. */
function isOtherFinding(binding: ResolvedBinding): boolean {
  return isLegacyDiscovery(binding) || isPublicInfoBinding(binding);
}
