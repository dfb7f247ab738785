/** Everything one holder is granted, at each scope, into the strongest power that follows from it directly. */
import { type Graded, type GrantScope, LEVELS } from '../model/access.ts';
import type { PolicyRule } from '../model/rbac.ts';
import { type Ability, listAbilities } from './abilities.ts';
import { KUBE_SYSTEM, matchesNamespace, namespaceOf } from './namespaces.ts';
import { POWERS, type Reach } from './powers.ts';

export interface HeldRules {
  readonly rules: readonly PolicyRule[];
  readonly scope: GrantScope;
}

export const LIMITED: Graded = { level: 'limited', reason: 'nothing that leads to more rights or shows Secrets' };

/** The stronger of two; of equals the first. */
export function stronger(a: Graded, b: Graded): Graded {
  return LEVELS.indexOf(b.level) > LEVELS.indexOf(a.level) ? b : a;
}

/** A power may need rules of several grants (bind from one, the write of bindings from another): abilities are joined first. */
export function gradeOwn(held: readonly HeldRules[], awsAuthCounts: boolean): Graded {
  let best = LIMITED;
  for (const [scope, can] of listAbilitiesByScope(held))
    best = stronger(best, gradeAbilities(can, scope, awsAuthCounts));
  return best;
}

export function reachOf(scope: GrantScope): Reach {
  const namespace = namespaceOf(scope);
  if (namespace === null) return 'cluster';
  return matchesNamespace(namespace, KUBE_SYSTEM) ? 'kube-system' : 'namespace';
}

function gradeAbilities(can: ReadonlySet<Ability>, scope: GrantScope, awsAuthCounts: boolean): Graded {
  if (can.size === 0) return LIMITED;
  const reach = reachOf(scope);
  const namespace = namespaceOf(scope);
  const where = namespace === null ? 'in the whole cluster' : `in namespace ${namespace}`;
  let best = LIMITED;
  for (const { levels, test, reason } of POWERS) {
    const level = levels[reach];
    if (level === undefined || LEVELS.indexOf(level) <= LEVELS.indexOf(best.level)) continue;
    if (test(can, awsAuthCounts)) best = { level, reason: reason(where) };
  }
  return best;
}

/** What is held in the cluster is held in each namespace; what is held in `dev-*` is held in dev-a. */
export function listAbilitiesByScope(held: readonly HeldRules[]): ReadonlyMap<GrantScope, ReadonlySet<Ability>> {
  const first = held[0];
  if (first !== undefined && held.length === 1) return new Map([[first.scope, listAbilities(first.rules)]]);
  const own = new Map<GrantScope, Set<Ability>>();
  for (const { rules, scope } of held) {
    const abilities = own.get(scope) ?? new Set();
    for (const ability of listAbilities(rules)) abilities.add(ability);
    own.set(scope, abilities);
  }
  const wide = [...own].filter(([scope]) => namespaceOf(scope)?.includes('*') ?? true);
  for (const [scope, abilities] of own) {
    for (const [wider, more] of wide) if (covers(wider, scope)) for (const ability of more) abilities.add(ability);
  }
  return own;
}

function covers(wider: GrantScope, scope: GrantScope): boolean {
  if (wider === scope) return false;
  const pattern = namespaceOf(wider);
  const namespace = namespaceOf(scope);
  return pattern === null || (namespace !== null && matchesNamespace(pattern, namespace));
}
