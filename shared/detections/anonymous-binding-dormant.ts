/** A binding to callers who did not log in, whose role does not exist yet. */
import type { Detection } from '../model/finding.ts';
import { isAnonymousSubject } from '../rules/everyone.ts';
import { removeSubjects } from '../rules/rbac-remedies.ts';
import { isRoleMissing } from '../rules/rbac-view.ts';
import { showBinding } from '../rules/remedies.ts';
import { bindingSubject, wordSubjects } from '../rules/subject-names.ts';

export const anonymousBindingDormant: Detection = {
  id: 'anonymous-binding-dormant',
  ref: 'AN-007',
  title: 'Anonymous binding that waits for its role',
  severity: 'medium',
  needs: [['rbac']],
  why: 'The binding grants nothing today, and opens the cluster to callers without credentials on the day somebody creates a role of that name, who need not know that the binding is there.',
  fix: 'Delete the binding, or take the anonymous subjects out of it.',
  blindSpots:
    'Whether the role is missing is judged by the roles that were read: a reader who may list bindings and not roles sees every role as missing.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding'],
  attack: ['T1098.006'],
  cis: [],
  *detect({ bindings }) {
    for (const binding of bindings) {
      const open = binding.subjects.filter(isAnonymousSubject);
      if (open.length === 0 || !isRoleMissing(binding)) continue;
      yield {
        subject: bindingSubject(binding),
        summary: `${wordSubjects(open)} will hold ${binding.role.kind} ${binding.role.name} as soon as somebody creates it: the role does not exist, the binding does.`,
        commands: [showBinding(binding), ...removeSubjects(binding, open)],
        at: binding.createdAt,
        evidence: [binding.evidence],
      };
    }
  },
};
