/** Bindings and their subjects into the text keys by which they are joined. */
import type { Binding, Subject, SubjectKind } from '../model/rbac.ts';

export function bindingKey(binding: Pick<Binding, 'kind' | 'namespace' | 'name'>): string {
  return `${binding.kind}/${binding.namespace ?? '-'}/${binding.name}`;
}

/** The key of `Facts.bindingsBySubject`. */
export function subjectKey(subject: Subject): string {
  return subject.kind === 'ServiceAccount'
    ? `ServiceAccount/${subject.namespace ?? ''}/${subject.name}`
    : `${subject.kind}/${subject.name}`;
}

/** The subject that `subjectKey` made the key of: namespaces and service accounts hold no slash, users and groups may. */
export function parseSubjectKey(key: string): Subject {
  const [kind = '', ...rest] = key.split('/');
  if (kind !== 'ServiceAccount') return { kind: toKind(kind), name: rest.join('/'), namespace: null };
  const [namespace = '', ...name] = rest;
  return { kind, name: name.join('/'), namespace };
}

function toKind(text: string): SubjectKind {
  return text === 'Group' ? 'Group' : 'User';
}
