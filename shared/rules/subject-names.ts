/** What a finding is about, in the closed forms of the report's `subject`: part of every fingerprint, so never reworded. */
import type { Subject } from '../model/finding.ts';
import type { Binding, Subject as BoundSubject, Role } from '../model/rbac.ts';

export function bindingSubject(binding: Pick<Binding, 'kind' | 'namespace' | 'name'>): Subject {
  return `binding:${binding.kind}/${binding.namespace ?? '-'}/${binding.name}`;
}

export function roleSubject(role: Pick<Role, 'kind' | 'namespace' | 'name'>): Subject {
  return `role:${role.kind}/${role.namespace ?? '-'}/${role.name}`;
}

/** Bound subjects in words: the first three by name, the others by number. */
export function wordSubjects(subjects: readonly BoundSubject[]): string {
  if (subjects.length === 0) return 'nobody';
  const named = subjects.slice(0, 3).map(wordSubject);
  const others = subjects.length - named.length;
  if (others > 0) return `${named.join(', ')} and ${others} more`;
  return named.length === 1 ? named.join('') : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
}

export function wordSubject({ kind, name, namespace }: BoundSubject): string {
  return kind === 'ServiceAccount' ? `${kind} ${namespace ?? '?'}/${name}` : `${kind} ${name}`;
}

/** Subjects by the names under which a cluster knows them, which keyholder.yml takes as well. */
export function nameSubject({ kind, name, namespace }: BoundSubject): string {
  if (kind === 'ServiceAccount') return `system:serviceaccount:${namespace ?? ''}:${name}`;
  if (kind === 'Group') return `group ${name}`;
  // A user may be called anything: none passes for a group.
  return /^(?:group|user) /.test(name) ? `user ${name}` : name;
}

export function wordBinding({ kind, name, namespace }: Pick<Binding, 'kind' | 'namespace' | 'name'>): string {
  return namespace === null ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

export function wordRole({ kind, name, namespace }: Pick<Role, 'kind' | 'namespace' | 'name'>): string {
  return namespace === null ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
