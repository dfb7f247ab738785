/** Which records a detection, the creator or a grant's history may need; the rest is traffic. */
import type { AuditEvent, AuthenticatorRecord, EvidenceRecord } from '../model/records.ts';
import { isKubelet } from '../rules/actors.ts';
import { classifyRequest, isAnonymousCaller, isRefusedUnseen } from '../rules/anonymous-requests.ts';
import { isMetricsScrape } from '../rules/kubelet-requests.ts';

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
  // A scanner asks for one thing after the other, and each refusal says the same of its address.
  if (isRefusedStranger(record)) return JSON.stringify(['refused', code, record.actor.sourceIp]);
  return JSON.stringify([
    user.username,
    record.impersonated?.username,
    verb,
    object?.resource,
    object?.subresource,
    object?.namespace,
    object?.name,
    code,
  ]);
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
  if (event.truncated || event.impersonated !== null || isRefusedStranger(event)) return true;
  if (isAnonymousCaller(event)) return classifyRequest(event) !== 'health';
  const { object } = event;
  if (object === null) return false;
  if (isAccessObject(event)) return isWrite(event);
  if (object.apiGroup === ADMISSION) return isWrite(event);
  return object.apiGroup === CERTIFICATES ? isWrite(event) && !isKubelet(event) : isNotableCore(event);
}

/** What kubelets and agents ask for all day long is traffic, however sensitive the object. */
function isNotableCore(event: AuditEvent): boolean {
  switch (namePath(event)) {
    case 'secrets':
      return event.verb === 'list' && event.actor.kind !== 'service-account';
    case 'serviceaccounts/token':
      return event.verb === 'create' && !isKubelet(event);
    case 'nodes/proxy':
      return !isMetricsScrape(event);
    case 'pods/exec':
    case 'pods/attach':
      return event.object?.namespace === 'kube-system';
    default:
      return false;
  }
}

function namePath({ object }: AuditEvent): string {
  if (object === null) return '';
  return object.subresource === '' ? object.resource : `${object.resource}/${object.subresource}`;
}

function isRefusedStranger(event: AuditEvent): boolean {
  return isRefusedUnseen(event) || (isAnonymousCaller(event) && (event.code === 401 || event.code === 403));
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
