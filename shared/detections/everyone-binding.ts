/** A binding that gives everybody who is logged in, or every service account, more than Kubernetes does. */
import type { ResolvedBinding } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import type { Subject } from '../model/rbac.ts';
import { watchBindings } from '../rules/access-watch.ts';
import { isEveryoneSubject, isHarmlessForEveryone } from '../rules/everyone.ts';
import { removeSubjects } from '../rules/rbac-remedies.ts';
import { isRoleMissing } from '../rules/rbac-view.ts';
import { showBinding } from '../rules/remedies.ts';
import { bindingSubject, wordSubjects } from '../rules/subject-names.ts';

export const everyoneBinding: Detection = {
  id: 'everyone-binding',
  ref: 'AN-005',
  title: 'Binding to everybody who is logged in',
  severity: 'high',
  needs: [['rbac'], ['audit-log']],
  why: 'Every IAM principal that is mapped at all, and the token of every pod, carries these groups: the role is held by the least of them, and by whoever takes over any pod.',
  fix: 'Bind the role to the groups or service accounts that need it, and take the collective group out.',
  blindSpots:
    'Whether the role does harm is not weighed: whatever goes beyond the defaults is reported. A binding whose role is missing is not.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#service-account-permissions',
  ],
  attack: ['T1098.006'],
  cis: [],
  *detect({ bindings }) {
    for (const binding of bindings) yield* judge(binding, binding.subjects);
  },
  correlate: (facts) => watchBindings(facts, judge),
};

function* judge(binding: ResolvedBinding, subjects: readonly Subject[]): Iterable<Match> {
  const all = subjects.filter(isEveryoneSubject);
  if (all.length === 0 || binding.isDefault || isRoleMissing(binding) || isHarmlessForEveryone(binding)) return;
  const where = binding.namespace === null ? '' : ` in namespace ${binding.namespace}`;
  yield {
    subject: bindingSubject(binding),
    summary: `${wordSubjects(all)} holds ${binding.role.kind} ${binding.role.name}${where}: ${binding.reason}.`,
    commands: [showBinding(binding), ...removeSubjects(binding, all)],
    at: binding.createdAt,
    evidence: [binding.evidence],
  };
}
