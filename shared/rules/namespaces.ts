/** Scopes of access policies and grants, and the namespaces that they reach. */
import type { GrantScope } from '../model/access.ts';
import type { AccessScope } from '../model/eks.ts';

export const KUBE_SYSTEM = 'kube-system';

/** `namespace` is null for cluster-scoped objects and for all namespaces at once: only a cluster scope covers those. */
export function scopeCovers(scope: AccessScope, namespace: string | null): boolean {
  if (scope.type === 'cluster') return true;
  return namespace !== null && scope.namespaces.some((pattern) => matchesNamespace(pattern, namespace));
}

/** A namespace scope of `*` reaches every namespace, kube-system too: it is graded as the whole cluster. */
export function listGrantScopes(scope: AccessScope): readonly GrantScope[] {
  if (scope.type === 'cluster' || scope.namespaces.includes('*')) return ['cluster'];
  return scope.namespaces.map((namespace): GrantScope => `namespace:${namespace}`);
}

/** The pattern of a namespace scope; null for the cluster. */
export function namespaceOf(scope: GrantScope): string | null {
  return scope === 'cluster' ? null : scope.slice('namespace:'.length);
}

/** Access policies take namespaces such as `dev-*`; a star stands for any text, wherever it is. */
export function matchesNamespace(pattern: string, namespace: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === namespace;
  if (!namespace.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = namespace.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return namespace.length - last.length >= at && namespace.endsWith(last);
}
