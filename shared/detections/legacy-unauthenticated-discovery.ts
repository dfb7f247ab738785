/** Discovery and self-review for callers without credentials, as Kubernetes up to 1.13 bound them. */
import type { Facts, ResolvedBinding } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import type { Subject } from '../model/rbac.ts';
import { watchBindings } from '../rules/access-watch.ts';
import { gradeAnonymous, isAnonymousSubject, isLegacyDiscovery, wordAnonymousRefusal } from '../rules/everyone.ts';
import { removeSubjects } from '../rules/rbac-remedies.ts';
import { isRoleMissing } from '../rules/rbac-view.ts';
import { showBinding } from '../rules/remedies.ts';
import { bindingSubject, wordBinding, wordSubjects } from '../rules/subject-names.ts';

export const legacyUnauthenticatedDiscovery: Detection = {
  id: 'legacy-unauthenticated-discovery',
  ref: 'AN-003',
  title: 'Discovery is open to callers without credentials',
  severity: 'medium',
  needs: [['rbac'], ['audit-log']],
  why: 'Anybody who reaches the endpoint can list every API group and version, custom resources included, and so learns which products run in the cluster and how old they are.',
  fix: 'Take the anonymous subjects out of the binding. Clusters born with Kubernetes 1.13 or older carry them to this day; check that the API server does not put them back at its next start.',
  blindSpots:
    'Health and version paths stay public by default whatever is done here. Roles that were changed under these names are told by anonymous-binding.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles'],
  attack: ['T1613'],
  cis: [],
  *detect(facts) {
    for (const binding of facts.bindings) yield* judge(binding, binding.subjects, facts);
  },
  correlate: (facts) => watchBindings(facts, (binding, fresh) => judge(binding, fresh, facts)),
};

function* judge(binding: ResolvedBinding, subjects: readonly Subject[], facts: Facts | null): Iterable<Match> {
  const open = subjects.filter(isAnonymousSubject);
  if (open.length === 0 || !isLegacyDiscovery(binding) || isRoleMissing(binding)) return;
  yield {
    subject: bindingSubject(binding),
    severity: gradeAnonymous('medium', facts),
    summary: `${wordSubjects(open)} may use ${binding.role.name} through ${wordBinding(binding)}, as Kubernetes up to 1.13 had it.${wordAnonymousRefusal(facts)}`,
    commands: [showBinding(binding), ...removeSubjects(binding, open)],
    at: binding.createdAt,
    evidence: [binding.evidence],
  };
}
