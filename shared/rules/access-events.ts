/** Audit events of access objects into what they changed: the object as it was left, and the name it goes by in findings. */
import type { Subject } from '../model/finding.ts';
import type { Binding, Role } from '../model/rbac.ts';
import type { AuditEvent, EvidenceRecord } from '../model/records.ts';
import { bindingSubject, roleSubject } from './subject-names.ts';

const READS: ReadonlySet<string> = new Set(['get', 'list', 'watch']);

/** True for a write that took effect: an attempt that was refused, and a dry run, changed nothing. */
export function isChange(record: EvidenceRecord): record is AuditEvent {
  if (record.source !== 'audit-log' || record.dryRun || record.verb === '' || READS.has(record.verb)) return false;
  return record.code === null ? record.decision !== 'forbid' : record.code >= 200 && record.code < 300;
}

/** True for a request that was let through, whatever came of it after that. */
export function isAllowed({ decision, code }: AuditEvent): boolean {
  return decision === null ? code === null || code < 400 : decision === 'allow' && code !== 403 && code !== 401;
}

export function findWrittenBinding(event: AuditEvent): Binding | null {
  return event.written?.kind === 'binding' ? event.written.binding : null;
}

export function findWrittenRole(event: AuditEvent): Role | null {
  return event.written?.kind === 'role' ? event.written.role : null;
}

/** The RBAC object or aws-auth that the request names; null for anything else, and for a collection. */
export function findAccessSubject({ object }: AuditEvent): Subject | null {
  if (object === null || object.name === null) return null;
  const { resource, namespace, name } = object;
  if (object.apiGroup === '' && resource === 'configmaps')
    return namespace === 'kube-system' && name === 'aws-auth' ? 'aws-auth' : null;
  if (object.apiGroup !== 'rbac.authorization.k8s.io') return null;
  switch (resource) {
    case 'clusterroles':
      return roleSubject({ kind: 'ClusterRole', namespace: null, name });
    case 'roles':
      return roleSubject({ kind: 'Role', namespace, name });
    case 'clusterrolebindings':
      return bindingSubject({ kind: 'ClusterRoleBinding', namespace: null, name });
    case 'rolebindings':
      return bindingSubject({ kind: 'RoleBinding', namespace, name });
    default:
      return null;
  }
}
