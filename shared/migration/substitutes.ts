/** A group or username that no entry can carry, and what is bound to it, into access policies or a new group that give the same. */
import type { AccessScope, Cluster } from '../model/eks.ts';
import type { Facts } from '../model/facts.ts';
import type { PlannedBinding, PlannedPolicy } from '../model/migration.ts';
import type { Binding, PolicyRule, Rbac } from '../model/rbac.ts';
import { findAccessPolicy } from '../rules/access-policies.ts';
import { type HeldBinding, listHeldBindings } from '../rules/authorizer.ts';
import { listBoundNames } from '../rules/effective-access.ts';
import { accessPolicyArn } from '../rules/remedies.ts';
import { listUncovered } from '../rules/rule-cover.ts';

export interface Substitute {
  readonly policies: readonly PlannedPolicy[];
  /** null where policies do, or where nothing is bound. */
  readonly group: string | null;
  readonly bindings: readonly PlannedBinding[];
}

/** One for each name: rows that share it share what stands for it. */
export type Substitutes = (kind: 'Group' | 'User', name: string) => Substitute;

const NOTHING: Substitute = { policies: [], group: null, bindings: [] };

export function openSubstitutes({ cluster, mappings, bindings }: Facts, rbac: Rbac): Substitutes {
  const groups = new Set([...listBoundNames(rbac, 'Group'), ...mappings.flatMap(({ identity }) => identity.groups)]);
  const names = new Set(bindings.map(placeOf));
  const known = new Map<string, Substitute>();
  const make = (kind: 'Group' | 'User', name: string): Substitute => {
    const asked = kind === 'Group' ? { usernames: [], groups: [name] } : { usernames: [name], groups: [] };
    const held = listHeldBindings(rbac, asked);
    if (held.length === 0) return NOTHING;
    const policies = kind === 'Group' ? listSamePolicies(cluster, held) : null;
    if (policies !== null) return { ...NOTHING, policies };
    const slug = shorten(name);
    const group = takeFree(`from-aws-auth:${slug}`, groups);
    return {
      policies: [],
      group,
      bindings: held.map(({ binding }): PlannedBinding => {
        const { kind: bindingKind, namespace, role } = binding;
        const place = placeOf({ kind: bindingKind, namespace, name: `from-aws-auth-${slug}` });
        const free = takeFree(place, names).split('/').at(-1) ?? '';
        return { kind: bindingKind, name: free, namespace, role, group, standsFor: { kind, name } };
      }),
    };
  };
  return (kind, name) => {
    const key = `${kind}/${name}`;
    const substitute = known.get(key) ?? make(kind, name);
    known.set(key, substitute);
    return substitute;
  };
}

function placeOf({ kind, namespace, name }: Pick<Binding, 'kind' | 'namespace' | 'name'>): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}

/** What every object of Kubernetes may be called. */
function shorten(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .slice(0, 40)
    .replace(/^[-.]+|[-.]+$/g, '');
  return slug === '' ? 'group' : slug;
}

function takeFree(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name}-${number}`;
  taken.add(free);
  return free;
}

const POLICY_OF_ROLE: ReadonlyMap<string, string> = new Map([
  ['view', 'AmazonEKSViewPolicy'],
  ['edit', 'AmazonEKSEditPolicy'],
  ['admin', 'AmazonEKSAdminPolicy'],
  ['cluster-admin', 'AmazonEKSClusterAdminPolicy'],
]);

/** null unless every binding is to a role of which a policy has just the rules that it has in this cluster. */
function listSamePolicies(cluster: Cluster, held: readonly HeldBinding[]): readonly PlannedPolicy[] | null {
  const scopes = new Map<string, AccessScope>();
  for (const { binding, rules } of held) {
    const { role, namespace } = binding;
    const name = role.kind === 'ClusterRole' ? POLICY_OF_ROLE.get(role.name) : undefined;
    if (name === undefined || !isSame(rules, name)) return null;
    scopes.set(name, widen(scopes.get(name), namespace));
  }
  return [...scopes].map(([name, scope]) => ({ name, scope, policyArn: accessPolicyArn(cluster, name) }));
}

function isSame(rules: readonly PolicyRule[], policyName: string): boolean {
  const policy = findAccessPolicy(policyName);
  if (policy === null || policy.rules === null || !policy.complete) return false;
  return listUncovered(rules, policy.rules).length === 0 && listUncovered(policy.rules, rules).length === 0;
}

/** A policy is associated once, with all the namespaces that it holds for. */
function widen(scope: AccessScope | undefined, namespace: string | null): AccessScope {
  if (namespace === null || scope?.type === 'cluster') return { type: 'cluster' };
  return { type: 'namespace', namespaces: [...new Set([...(scope?.namespaces ?? []), namespace])].sort() };
}
