/** The bodies of an audit event into the access object as the request left it. */
import type { AwsAuth } from '../model/aws-auth.ts';
import type { Ref } from '../model/coverage.ts';
import type { BindingKind, RoleKind } from '../model/rbac.ts';
import type { AuditEvent, Written } from '../model/records.ts';
import { parseAwsAuth } from './aws-auth.ts';
import { fieldIn, isRecord, textIn, textMapIn } from './json-fields.ts';
import { parseBinding, parseRole } from './rbac-object.ts';
import { tallySkips } from './skip-tally.ts';

const ROLES: ReadonlyMap<string, RoleKind> = new Map([
  ['clusterroles', 'ClusterRole'],
  ['roles', 'Role'],
]);
const BINDINGS: ReadonlyMap<string, BindingKind> = new Map([
  ['clusterrolebindings', 'ClusterRoleBinding'],
  ['rolebindings', 'RoleBinding'],
]);

/**
 * An audit event with the object that it wrote. The bodies of an access object are large and said in `written`; those of
 * other objects stay.
 */
export function withWritten(event: AuditEvent): AuditEvent {
  const written = readWritten(event);
  return written === null ? { ...event, written } : { ...event, written, requestObject: null, responseObject: null };
}

/** null where the event is no write of an access object, or carries no content of it. */
export function readWritten(event: AuditEvent): Written | null {
  const { object } = event;
  if (object === null || object.subresource !== '' || !['create', 'update', 'patch'].includes(event.verb)) return null;
  const roleKind = ROLES.get(object.resource);
  const bindingKind = BINDINGS.get(object.resource);
  const isAwsAuth =
    object.resource === 'configmaps' && object.namespace === 'kube-system' && object.name === 'aws-auth';
  if (isAwsAuth) return readAwsAuth(event);
  if (object.apiGroup !== 'rbac.authorization.k8s.io') return null;
  if (bindingKind !== undefined) return readBinding(event, bindingKind);
  return roleKind === undefined ? null : readRole(event, roleKind);
}

function readBinding(event: AuditEvent, kind: BindingKind): Written | null {
  const value = findBody(event, 'roleRef');
  if (value === null) return null;
  const binding = parseBinding({ value, kind, ...placeOf(event.evidence) }, kind, tallySkips(event.evidence.file));
  return binding === null ? null : { kind: 'binding', binding: { ...binding, evidence: event.evidence } };
}

function readRole(event: AuditEvent, kind: RoleKind): Written | null {
  const value = findBody(event, 'rules') ?? findBody(event, 'aggregationRule');
  if (value === null) return null;
  const role = parseRole({ value, kind, ...placeOf(event.evidence) }, kind, tallySkips(event.evidence.file));
  return role === null ? null : { kind: 'role', role: { ...role, evidence: event.evidence } };
}

function readAwsAuth(event: AuditEvent): Written | null {
  const value = findBody(event, 'data');
  if (value === null) return null;
  // Texts alone: nothing else counts, and a body that is nested without end cannot be written out.
  const map = { kind: 'ConfigMap', metadata: textMapIn(value, 'metadata'), data: textMapIn(value, 'data') };
  const { awsAuth } = parseAwsAuth(JSON.stringify(map), event.evidence.file ?? '');
  return awsAuth === null ? null : { kind: 'aws-auth', awsAuth: pointAt(awsAuth, event.evidence) };
}

/**
 * The object after the write. A patch's request holds only what it changes, unless it is a server-side apply, which
 * states the whole object again; so the response comes first. A response that is a Status has no such field.
 */
function findBody(event: AuditEvent, field: string): Readonly<Record<string, unknown>> | null {
  const { responseObject, requestObject, verb, object } = event;
  if (isRecord(responseObject) && fieldIn(responseObject, field) !== undefined) return responseObject;
  if (!isRecord(requestObject) || fieldIn(requestObject, field) === undefined) return null;
  if (verb === 'patch' && textIn(requestObject, 'kind') === null) return null;
  const metadata = fieldIn(requestObject, 'metadata');
  const named = { name: object?.name, namespace: object?.namespace ?? undefined };
  return { ...requestObject, metadata: { ...named, ...(isRecord(metadata) ? metadata : {}) } };
}

function placeOf(evidence: Ref): { readonly file: string; readonly lineOf: () => number } {
  return { file: evidence.file ?? '', lineOf: () => evidence.line };
}

/** What was read inside an event is shown by the event, not by a line of a file that does not exist. */
function pointAt(awsAuth: AwsAuth, evidence: Ref): AwsAuth {
  return {
    ...awsAuth,
    rows: awsAuth.rows.map((row) => ({ ...row, evidence })),
    accounts: awsAuth.accounts.map((account) => ({ ...account, evidence })),
    evidence,
  };
}
