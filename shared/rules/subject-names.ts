/** What a finding is about, in the closed forms of the report's `subject`: part of every fingerprint, so never reworded. */
import type { Subject } from '../model/finding.ts';
import type { Binding, Role } from '../model/rbac.ts';

export function bindingSubject(binding: Pick<Binding, 'kind' | 'namespace' | 'name'>): Subject {
  return `binding:${binding.kind}/${binding.namespace ?? '-'}/${binding.name}`;
}

export function roleSubject(role: Pick<Role, 'kind' | 'namespace' | 'name'>): Subject {
  return `role:${role.kind}/${role.namespace ?? '-'}/${role.name}`;
}
