/** A binding whose subject is a group or user of Kubernetes itself. */
import type { ResolvedBinding } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import type { Subject } from '../model/rbac.ts';
import { watchBindings } from '../rules/access-watch.ts';
import { removeSubjects } from '../rules/rbac-remedies.ts';
import { showBinding } from '../rules/remedies.ts';
import { bindingSubject, wordSubjects } from '../rules/subject-names.ts';

export const privilegedGroupAsSubject: Detection = {
  id: 'privileged-group-as-subject',
  ref: 'RB-003',
  title: 'Binding to a group or user of Kubernetes itself',
  severity: 'high',
  needs: [['rbac'], ['audit-log']],
  why: 'A binding to system:masters grants nothing that the group does not have, and keeps its role bound when the group is one day taken away; a binding to the nodes or to a controller gives every machine of the cluster rights that no default needs.',
  fix: 'Take the subject out. If people need the role, bind a group of theirs.',
  blindSpots:
    'Nodes and controllers are reported where the role is more than harmless; service accounts of the controllers in kube-system are judged as any service account.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#core-component-roles',
  ],
  attack: ['T1098.006'],
  cis: ['4.1.1'],
  *detect({ bindings }) {
    for (const binding of bindings) yield* judge(binding, binding.subjects);
  },
  correlate: (facts) => watchBindings(facts, judge),
};

const CONTROLLERS: ReadonlySet<string> = new Set([
  'system:apiserver',
  'system:kube-controller-manager',
  'system:kube-proxy',
  'system:kube-scheduler',
]);

function* judge(binding: ResolvedBinding, subjects: readonly Subject[]): Iterable<Match> {
  if (binding.isDefault) return;
  const found = subjects.filter((subject) => isMasters(subject) || (isMachine(subject) && binding.level !== 'limited'));
  if (found.length === 0) return;
  const what = found.some(isMasters) ? 'passes every check without any binding' : 'is a part of every cluster';
  yield {
    subject: bindingSubject(binding),
    summary: `${wordSubjects(found)}, which ${what}, is bound to ${binding.role.kind} ${binding.role.name}: ${binding.reason}.`,
    commands: [showBinding(binding), ...removeSubjects(binding, found)],
    at: binding.createdAt,
    evidence: [binding.evidence],
  };
}

function isMasters({ kind, name }: Subject): boolean {
  return kind === 'Group' && name === 'system:masters';
}

function isMachine({ kind, name }: Subject): boolean {
  return kind === 'Group' ? name === 'system:nodes' : kind === 'User' && CONTROLLERS.has(name);
}
