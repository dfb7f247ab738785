/** Audit events that write, change or delete RBAC objects, for tests of what such an event shows. */
import type { Binding, Role } from '../../shared/model/rbac.ts';
import type { AuditEvent } from '../../shared/model/records.ts';
import { ref } from './coverage.ts';
import { policyRule, subject } from './facts.ts';
import { auditEvent } from './records.ts';

const RBAC = 'rbac.authorization.k8s.io';

/** Binds the User alice to cluster-admin, unless told otherwise. */
export function binding(more: Partial<Binding> = {}): Binding {
  return {
    kind: 'ClusterRoleBinding',
    name: 'team-admins',
    namespace: null,
    role: { kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [subject('User', 'alice')],
    labels: {},
    annotations: {},
    createdAt: null,
    evidence: ref('audit-log'),
    ...more,
  };
}

/** A ClusterRole that may read pods, unless told otherwise. */
export function role(more: Partial<Role> = {}): Role {
  return {
    kind: 'ClusterRole',
    name: 'pod-reader',
    namespace: null,
    rules: [policyRule({ resources: ['pods'], verbs: ['get', 'list'] })],
    aggregates: [],
    labels: {},
    annotations: {},
    createdAt: null,
    evidence: ref('audit-log'),
    ...more,
  };
}

/** A creation, unless `more` names another verb. */
export function writeOf(written: Binding | Role, more: Partial<AuditEvent> = {}): AuditEvent {
  const isBinding = 'subjects' in written;
  return auditEvent({
    verb: 'create',
    code: more.verb === undefined || more.verb === 'create' ? 201 : 200,
    level: 'RequestResponse',
    object: nameOf(written),
    written: isBinding ? { kind: 'binding', binding: written } : { kind: 'role', role: written },
    ...more,
  });
}

/** As the audit log has it: the object by name, without its content. */
export function deletionOf(deleted: Binding | Role, more: Partial<AuditEvent> = {}): AuditEvent {
  return auditEvent({ verb: 'delete', level: 'RequestResponse', object: nameOf(deleted), written: null, ...more });
}

function nameOf({ kind, name, namespace }: Binding | Role): AuditEvent['object'] {
  return { apiGroup: RBAC, resource: `${kind.toLowerCase()}s`, subresource: '', namespace, name };
}
