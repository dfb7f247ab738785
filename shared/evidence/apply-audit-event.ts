/** Evidence of a cluster and a write to its API into the evidence as the write left it. */
import type { AwsAuth } from '../model/aws-auth.ts';
import type { Ref } from '../model/coverage.ts';
import type { ClusterEvidence } from '../model/evidence.ts';
import type { Rbac } from '../model/rbac.ts';
import type { AuditEvent, Written } from '../model/records.ts';
import type { Applied } from './apply-record.ts';
import { readWritten } from './written-object.ts';

/** The write took effect. */
export function applyAuditEvent(evidence: ClusterEvidence, event: AuditEvent): Applied {
  const { object, verb } = event;
  if (object === null || object.subresource !== '') return { evidence, unknown: [] };
  const kind = kindOf(object);
  if (kind === null) return { evidence, unknown: [] };
  if (verb === 'delete' && object.name !== null) return { evidence: remove(evidence, kind, event), unknown: [] };
  if (verb === 'deletecollection') return { evidence, unknown: [`the deletion of a collection of ${object.resource}`] };
  const written = event.written ?? readWritten(event);
  if (written !== null) return { evidence: write(evidence, written, event.at), unknown: [] };
  // EKS logs no body when aws-auth is created, and events that are too large come without theirs.
  return { evidence, unknown: [`the content of ${object.resource}/${object.name ?? '?'} after ${verb}`] };
}

/** Where nothing is mapped: the ConfigMap is known not to be there. */
export function emptyAwsAuth(evidence: Ref): AwsAuth {
  const nothing = { rows: [], accounts: [], lostSections: [], problems: [] };
  return { ...nothing, resourceVersion: null, createdAt: null, evidence };
}

type Kind = 'ClusterRole' | 'Role' | 'ClusterRoleBinding' | 'RoleBinding' | 'aws-auth';

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['clusterroles', 'ClusterRole'],
  ['roles', 'Role'],
  ['clusterrolebindings', 'ClusterRoleBinding'],
  ['rolebindings', 'RoleBinding'],
]);

/** null for an object that decides nothing about access. */
function kindOf({ apiGroup, resource, namespace, name }: NonNullable<AuditEvent['object']>): Kind | null {
  if (apiGroup === 'rbac.authorization.k8s.io') return KINDS.get(resource) ?? null;
  const isConfigMap = apiGroup === '' && resource === 'configmaps' && namespace === 'kube-system';
  return isConfigMap && (name === 'aws-auth' || name === null) ? 'aws-auth' : null;
}

function remove(evidence: ClusterEvidence, kind: Kind, { object, evidence: ref }: AuditEvent): ClusterEvidence {
  if (kind === 'aws-auth') return { ...evidence, awsAuth: emptyAwsAuth(ref) };
  const namespace = kind === 'Role' || kind === 'RoleBinding' ? (object?.namespace ?? null) : null;
  const named = { kind, name: object?.name ?? '', namespace };
  return { ...evidence, rbac: without(evidence.rbac, named) };
}

function write(evidence: ClusterEvidence, written: Written, at: string | null): ClusterEvidence {
  switch (written.kind) {
    case 'aws-auth':
      return { ...evidence, awsAuth: written.awsAuth };
    case 'role': {
      const rest = without(evidence.rbac, written.role);
      return { ...evidence, rbac: { ...rest, roles: [...rest.roles, written.role] } };
    }
    case 'binding': {
      const { binding } = written;
      const known = evidence.rbac.bindings.find((one) => isSame(one, binding));
      const before = known && (known.before ?? { role: known.role, subjects: known.subjects, until: at });
      const rest = without(evidence.rbac, binding);
      const changed = before === undefined ? binding : { ...binding, before };
      return { ...evidence, rbac: { ...rest, bindings: [...rest.bindings, changed] } };
    }
  }
}

interface Named {
  readonly kind: Exclude<Kind, 'aws-auth'>;
  readonly name: string;
  readonly namespace: string | null;
}

function without({ roles, bindings }: Rbac, gone: Named): Rbac {
  const stays = (one: Named): boolean => !isSame(one, gone);
  return { roles: roles.filter(stays), bindings: bindings.filter(stays) };
}

function isSame(one: Named, other: Named): boolean {
  return one.kind === other.kind && one.name === other.name && one.namespace === other.namespace;
}
