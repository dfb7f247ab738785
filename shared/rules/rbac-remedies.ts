/** The commands that show and mend roles and bindings; those of whole bindings stand in remedies.ts. */
import type { Binding, Role, Subject } from '../model/rbac.ts';
import { ownerOfName } from './built-in-names.ts';
import { isShippedSubject } from './default-rbac.ts';
import { deleteBinding, removeSubject } from './remedies.ts';
import { shellLine } from './shell.ts';

type RoleName = Pick<Role, 'kind' | 'name' | 'namespace'>;

export function showRole(role: RoleName): string {
  return shellLine('kubectl', ...namespaced(role), 'get', role.kind.toLowerCase(), role.name, '-o', 'yaml');
}

export function editRole(role: RoleName): string {
  return shellLine('kubectl', ...namespaced(role), 'edit', role.kind.toLowerCase(), role.name);
}

/** What Kubernetes or EKS keeps for itself is mended and not deleted: a part of the cluster may live by it. */
function emptyBinding(binding: Binding): string {
  const { kind, name, namespace, role, subjects } = binding;
  const resource = kind === 'ClusterRoleBinding' ? 'clusterrolebindings' : 'rolebindings';
  if (ownerOfName(resource, name) === 'customer') return deleteBinding(binding);
  const isAsShipped = subjects.every((subject) => isShippedSubject(binding, subject));
  if (isAsShipped) return editRole({ ...role, namespace: role.kind === 'Role' ? namespace : null });
  return shellLine('kubectl', ...namespaced(binding), 'edit', kind.toLowerCase(), name);
}

/** The last first, so that the place in the list of those that follow still holds. */
export function removeSubjects(binding: Binding, subjects: readonly Subject[]): readonly string[] {
  if (subjects.length >= binding.subjects.length) return [emptyBinding(binding)];
  const place = (subject: Subject): number => binding.subjects.indexOf(subject);
  return [...subjects].sort((a, b) => place(b) - place(a)).map((subject) => removeSubject(binding, subject));
}

export function removeLabel(role: RoleName, label: string): string {
  return shellLine('kubectl', ...namespaced(role), 'label', role.kind.toLowerCase(), role.name, `${label}-`);
}

/** Which bindings name the role: nobody holds it otherwise. */
export function listBindingsOf(role: RoleName): string {
  const where = role.namespace === null ? ['-A'] : ['-n', role.namespace];
  return `${shellLine('kubectl', 'get', 'clusterrolebindings,rolebindings', ...where, '-o', 'wide')} | ${shellLine('grep', '-F', '-w', '--', `${role.kind}/${role.name}`)}`;
}

function namespaced({ namespace }: Pick<RoleName, 'namespace'>): readonly string[] {
  return namespace === null ? [] : ['-n', namespace];
}
