/** A RoleBinding to an admin role in a namespace from which the whole cluster is run. */
import type { ResolvedBinding } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import type { Subject } from '../model/rbac.ts';
import { watchBindings } from '../rules/access-watch.ts';
import { isSensitiveAdminBinding } from '../rules/admin-bindings.ts';
import { isAnonymousSubject } from '../rules/everyone.ts';
import { removeSubjects } from '../rules/rbac-remedies.ts';
import { showBinding } from '../rules/remedies.ts';
import { bindingSubject, wordSubjects } from '../rules/subject-names.ts';

export const adminRoleBindingInSensitiveNamespace: Detection = {
  id: 'admin-role-binding-in-sensitive-namespace',
  ref: 'RB-002',
  title: 'RoleBinding to an admin role in a namespace that runs the cluster',
  severity: 'high',
  needs: [['rbac'], ['audit-log']],
  why: 'Whoever may change pods or Secrets in such a namespace can run as its service accounts, which hold rights over the whole cluster: admin of the namespace is admin of everything a few steps later.',
  fix: 'Bind a narrower Role, or give the work to a service account that is used for it alone. Look at the binding first, then delete it.',
  blindSpots:
    'The namespaces are a list of well-known ones: a controller that was installed elsewhere makes its own namespace just as sensitive.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  attack: ['T1098.006'],
  cis: ['4.1.1'],
  *detect({ bindings }) {
    for (const binding of bindings) yield* judge(binding, binding.subjects);
  },
  correlate: (facts) => watchBindings(facts, judge),
};

function* judge(binding: ResolvedBinding, subjects: readonly Subject[]): Iterable<Match> {
  const bound = subjects.filter((subject) => !isAnonymousSubject(subject));
  if (bound.length === 0 || !isSensitiveAdminBinding(binding)) return;
  yield {
    subject: bindingSubject(binding),
    summary: `${wordSubjects(bound)} can act as admin of namespace ${binding.namespace} through ${binding.role.kind} ${binding.role.name}: ${binding.reason}.`,
    commands: [showBinding(binding), ...removeSubjects(binding, bound)],
    at: binding.createdAt,
    evidence: [binding.evidence],
  };
}
