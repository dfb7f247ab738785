/** A ClusterRoleBinding that makes its subjects admin, or able to become admin. */
import type { ResolvedBinding } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import type { Subject } from '../model/rbac.ts';
import { watchBindings } from '../rules/access-watch.ts';
import { isClusterAdminBinding } from '../rules/admin-bindings.ts';
import { listForeign } from '../rules/default-rbac.ts';
import { isAnonymousSubject } from '../rules/everyone.ts';
import { removeSubjects } from '../rules/rbac-remedies.ts';
import { showBinding } from '../rules/remedies.ts';
import { bindingSubject, nameSubject, wordSubjects } from '../rules/subject-names.ts';

export const adminClusterRoleBinding: Detection = {
  id: 'admin-cluster-role-binding',
  ref: 'RB-001',
  title: 'ClusterRoleBinding to a role that is as good as cluster-admin',
  severity: 'high',
  needs: [['rbac'], ['audit-log']],
  why: 'Every subject of the binding can take over the cluster, at once or in a few steps, and a group in it admits whoever is put into that group later.',
  fix: 'Bind a narrower role, or bind it in the namespaces that need it. Look at the binding first, then delete it.',
  blindSpots:
    'Members of a bound group are known only where a mapping or the logs show them. Escalation through an admission webhook or an operator that acts on custom resources is not followed.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  attack: ['T1098.006'],
  cis: ['4.1.1'],
  *detect({ bindings }) {
    for (const binding of bindings) yield* judge(binding, binding.subjects, false);
  },
  correlate: (facts) => watchBindings(facts, judge),
};

function* judge(binding: ResolvedBinding, subjects: readonly Subject[], isNew: boolean): Iterable<Match> {
  if (!isClusterAdminBinding(binding)) return;
  // Callers without credentials have detections of their own, for newer clusters refuse them.
  const isBound = (subject: Subject): boolean => !isAnonymousSubject(subject);
  const bound = listForeign(binding, subjects.filter(isBound));
  if (bound.length === 0) return;
  yield {
    subject: bindingSubject(binding),
    severity: isNew || bound.some(({ kind }) => kind !== 'ServiceAccount') ? 'critical' : 'high',
    summary: `${wordSubjects(bound)} can act as cluster admin through ${binding.role.kind} ${binding.role.name}: ${binding.reason}.`,
    commands: [showBinding(binding), ...removeSubjects(binding, bound)],
    gainers: listForeign(binding, binding.subjects.filter(isBound)).map(nameSubject),
    at: binding.createdAt,
    evidence: [binding.evidence],
  };
}
