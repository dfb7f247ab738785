/** Bindings into how far they make an admin: of the whole cluster, or of a namespace from which the cluster is run. */
import type { ResolvedBinding } from '../model/facts.ts';
import { listAbilities } from './abilities.ts';
import { isAdminLevel } from './keyholders.ts';

/** Namespaces of the control plane's own workloads and of controllers that act on the whole cluster. */
const SENSITIVE_NAMESPACES: ReadonlySet<string> = new Set([
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'flux-system',
  'argocd',
  'argo-cd',
  'amazon-cloudwatch',
  'amazon-guardduty',
  'cert-manager',
  'crossplane-system',
  'external-secrets',
  'gatekeeper-system',
  'istio-system',
  'karpenter',
  'kyverno',
  'linkerd',
  'vault',
  'velero',
]);

export function isSensitiveNamespace(namespace: string): boolean {
  return SENSITIVE_NAMESPACES.has(namespace);
}

export function isClusterAdminBinding({ kind, level, isDefault }: ResolvedBinding): boolean {
  return kind === 'ClusterRoleBinding' && !isDefault && isAdminLevel(level);
}

export function isSensitiveAdminBinding(binding: ResolvedBinding): boolean {
  const { kind, namespace, level, isDefault } = binding;
  if (kind !== 'RoleBinding' || isDefault || namespace === null || !isSensitiveNamespace(namespace)) return false;
  return isAdminLevel(level) || isAdminRole(binding);
}

const ADMIN_ROLES: ReadonlySet<string> = new Set(['cluster-admin', 'admin', 'edit']);

/** Kubernetes' own admin roles by name, and any role that allows everything. */
function isAdminRole({ role, resolvedRole, level }: ResolvedBinding): boolean {
  if (resolvedRole === null) return false;
  if (listAbilities(resolvedRole.effectiveRules).has('do-everything')) return true;
  return level === 'namespace-admin' && role.kind === 'ClusterRole' && ADMIN_ROLES.has(role.name);
}
