/** Kubernetes RBAC objects, reduced to what decides access. */
import type { Ref } from './coverage.ts';

export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
}

export type RoleKind = 'ClusterRole' | 'Role';
export type BindingKind = 'ClusterRoleBinding' | 'RoleBinding';

export interface Role {
  readonly kind: RoleKind;
  readonly name: string;
  /** null for a ClusterRole. */
  readonly namespace: string | null;
  readonly rules: readonly PolicyRule[];
  /** Label selectors of an aggregated ClusterRole: each a set of labels that must all match. */
  readonly aggregates: readonly LabelSelector[];
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly createdAt: string | null;
  readonly evidence: Ref;
}

export interface LabelSelector {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly matchExpressions: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values: readonly string[];
  }[];
}

export type SubjectKind = 'User' | 'Group' | 'ServiceAccount';

export interface Subject {
  readonly kind: SubjectKind;
  readonly name: string;
  /** Only for a ServiceAccount. */
  readonly namespace: string | null;
}

export interface Binding {
  readonly kind: BindingKind;
  readonly name: string;
  /** null for a ClusterRoleBinding. */
  readonly namespace: string | null;
  readonly role: { readonly kind: RoleKind; readonly name: string };
  readonly subjects: readonly Subject[];
  /** As it was read, where a record has changed it since; `until` (ISO) is the time of the first that did. */
  readonly before?: Pick<Binding, 'role' | 'subjects'> & { readonly until: string | null };
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly createdAt: string | null;
  readonly evidence: Ref;
}

export interface Rbac {
  readonly roles: readonly Role[];
  readonly bindings: readonly Binding[];
}

/** One question to the authorizer, as Kubernetes asks it. `resource` may be "pods/exec"; `path` only for non-resource URLs. */
export interface AccessRequest {
  readonly verb: string;
  readonly apiGroup: string;
  readonly resource: string;
  readonly subresource: string;
  readonly name: string;
  readonly namespace: string;
  readonly path: string | null;
}
