/** Access policies as they are associated, into what is worth saying of them: whole admin, broad, or near to Secrets. */
import type { ResolvedPolicy } from '../model/access.ts';
import type { AccessScope } from '../model/eks.ts';
import { findAccessPolicy, policyAnswers } from './access-policies.ts';
import { isAdminLevel } from './keyholders.ts';
import { KUBE_SYSTEM, matchesNamespace } from './namespaces.ts';

export const CLUSTER_ADMIN_POLICY = 'AmazonEKSClusterAdminPolicy';

type Reach = Pick<ResolvedPolicy, 'name' | 'scope' | 'level'>;

export function isWholeAdmin({ name, scope }: Pick<ResolvedPolicy, 'name' | 'scope'>): boolean {
  return name === CLUSTER_ADMIN_POLICY && scope.type === 'cluster';
}

/** As good as cluster-admin where it holds, or cluster-admin held to namespaces. */
export function isBroad(policy: Reach): boolean {
  return !isWholeAdmin(policy) && (policy.name === CLUSTER_ADMIN_POLICY || isAdminLevel(policy.level));
}

export function readsSecrets(policy: Reach): boolean {
  if (isWholeAdmin(policy) || isBroad(policy)) return false;
  return ['get', 'list', 'watch'].some(
    (verb) =>
      policyAnswers(policy.name, {
        verb,
        apiGroup: '',
        resource: 'secrets',
        subresource: '',
        name: '',
        namespace: KUBE_SYSTEM,
        path: null,
      }) === 'yes',
  );
}

/** Nobody outside AWS knows its rules; those that AWS describes and attaches by itself do not count. */
export function isUncharted({ name }: Pick<ResolvedPolicy, 'name'>): boolean {
  const known = findAccessPolicy(name);
  return known === null || (known.rules === null && known.serviceOnly === null);
}

/** The whole cluster, or namespaces of which one holds the cluster's own workloads or whatever names no other. */
export function isWideScope(scope: AccessScope): boolean {
  if (scope.type === 'cluster') return true;
  return scope.namespaces.some(
    (pattern) => matchesNamespace(pattern, KUBE_SYSTEM) || matchesNamespace(pattern, 'default'),
  );
}

export function isClusterScope(scope: AccessScope): boolean {
  return scope.type === 'cluster' || scope.namespaces.includes('*');
}

const MOST_NAMES = 3;

export function wordScope(scope: AccessScope): string {
  if (scope.type === 'cluster') return 'at cluster scope';
  const { namespaces } = scope;
  const shown = namespaces.slice(0, MOST_NAMES).join(', ');
  const more = namespaces.length > MOST_NAMES ? ` and ${namespaces.length - MOST_NAMES} more` : '';
  return `in ${namespaces.length === 1 ? 'namespace' : 'namespaces'} ${shown}${more}`;
}

export function wordPolicies(policies: readonly Pick<ResolvedPolicy, 'name' | 'scope'>[]): string {
  return policies.map((policy) => `${policy.name} ${wordScope(policy.scope)}`).join(', and ');
}

/** To stand behind the summary of an association whose record does not state the scope. */
export function wordUnknownScope(isScopeKnown: boolean): string {
  return isScopeKnown ? '' : ' The record does not state the scope, so the whole cluster is assumed.';
}
