/** Which records a detection, the creator or a grant's history may need; the rest is traffic. */
import type { AuditEvent, AuthenticatorRecord, EvidenceRecord } from '../model/records.ts';

const READS: ReadonlySet<string> = new Set(['get', 'list', 'watch']);
const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';
const CERTIFICATES = 'certificates.k8s.io';

export function isNotable(record: EvidenceRecord): boolean {
  if (record.source === 'cloudtrail') return !record.readOnly;
  return record.source === 'audit-log' ? isNotableEvent(record) : isNotableLine(record);
}

/**
 * What makes two notable records alike, so that only the first of many in a row are kept; null for changes of access,
 * of which none may be left out.
 */
export function notableKey(record: EvidenceRecord): string | null {
  if (record.source === 'cloudtrail') return record.succeeded ? null : `${record.eventName} ${record.actor.name}`;
  if (record.source === 'authenticator-log') {
    if (record.kind === 'granted') return `granted ${record.arn} ${record.username} ${record.sessionName}`;
    return record.kind === 'denied' ? `denied ${record.arn} ${record.denial}` : null;
  }
  if (isAccessObject(record) && isWrite(record) && (record.code === null || record.code < 400)) return null;
  const { object, user, verb, code } = record;
  return JSON.stringify([user.username, record.impersonated?.username, verb, object?.resource, object?.subresource, object?.namespace, object?.name, code]);
}

function isNotableLine(record: AuthenticatorRecord): boolean {
  switch (record.kind) {
    case 'granted':
      return record.groups.includes('system:masters') || (record.arn?.endsWith(':root') ?? false);
    case 'sts':
    case 'other':
      return false;
    default:
      return true;
  }
}

function isNotableEvent(event: AuditEvent): boolean {
  if (event.truncated || event.impersonated !== null || isAnonymous(event)) return true;
  const { object } = event;
  if (object === null) return false;
  if (isAccessObject(event)) return isWrite(event);
  if (object.resource === 'secrets') return event.verb === 'list';
  if (object.apiGroup === ADMISSION || object.apiGroup === CERTIFICATES) return isWrite(event);
  if (object.resource === 'serviceaccounts' && object.subresource === 'token') return event.verb === 'create';
  if (object.resource === 'nodes' && object.subresource === 'proxy') return true;
  return object.resource === 'pods' && (object.subresource === 'exec' || object.subresource === 'attach') && object.namespace === 'kube-system';
}

function isWrite(event: AuditEvent): boolean {
  return !READS.has(event.verb);
}

/** RBAC objects, and the aws-auth ConfigMap (which a deletecollection of kube-system's ConfigMaps takes away unnamed). */
export function isAccessObject({ object, verb }: AuditEvent): boolean {
  if (object === null) return false;
  if (object.apiGroup === RBAC) return true;
  if (object.resource !== 'configmaps' || object.namespace !== 'kube-system') return false;
  return object.name === 'aws-auth' || verb === 'deletecollection';
}

function isAnonymous({ user }: AuditEvent): boolean {
  return user.username === 'system:anonymous' || user.groups.includes('system:unauthenticated');
}
