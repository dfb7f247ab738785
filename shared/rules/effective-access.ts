/** An identity with its policies, and RBAC, into every rule that it may act by, and where. */
import type { GrantScope } from '../model/access.ts';
import type { AssociatedPolicy } from '../model/eks.ts';
import type { Identity } from '../model/principal.ts';
import type { PolicyRule, Rbac } from '../model/rbac.ts';
import { findAccessPolicy } from './access-policies.ts';
import { listHeldBindings, withImpliedGroups } from './authorizer.ts';
import { MASTERS } from './keyholders.ts';
import { matchesNamespace, namespaceOf } from './namespaces.ts';
import { listMissing } from './rule-cover.ts';
import { parseRule } from './rule-notation.ts';
import { isOpen, listRendered } from './usernames.ts';

export interface HeldRules {
  readonly scope: GrantScope;
  readonly rules: readonly PolicyRule[];
}

export interface EffectiveAccess {
  readonly held: readonly HeldRules[];
  /** True where the Node authorizer takes it for a node. */
  readonly isNode: boolean;
  /** Policies of which AWS does not publish all rules, each with its scope. */
  readonly uncharted: readonly string[];
}

export const NO_ACCESS: EffectiveAccess = { held: [], isNode: false, uncharted: [] };

const EVERYTHING = [parseRule('* | * | *'), parseRule('* | *')];

export interface Held {
  /** Templates of a session are open: every bound name that one can take is counted. */
  readonly identity: Identity;
  readonly policies: readonly Pick<AssociatedPolicy, 'name' | 'scope'>[];
}

export function resolveEffectiveAccess({ identity, policies }: Held, rbac: Rbac): EffectiveAccess {
  const { usernames, groups } = renderNames(identity, rbac);
  const isNode = identity.username.startsWith('system:node:') && groups.includes('system:nodes');
  const held: HeldRules[] = groups.includes(MASTERS) ? [{ scope: 'cluster', rules: EVERYTHING }] : [];
  const uncharted: string[] = [];
  for (const { name, scope } of policies) {
    const scopes: readonly GrantScope[] =
      scope.type === 'cluster' ? ['cluster'] : scope.namespaces.map((each): GrantScope => `namespace:${each}`);
    const known = findAccessPolicy(name);
    if (known?.complete !== true) uncharted.push(...scopes.map((each) => `${name} at ${each}`));
    held.push(...scopes.map((each) => ({ scope: each, rules: known?.rules ?? [] })));
  }
  for (const { binding, rules } of listHeldBindings(rbac, { usernames, groups })) {
    held.push({ scope: binding.namespace === null ? 'cluster' : `namespace:${binding.namespace}`, rules });
  }
  return { held, isNode, uncharted: [...new Set(uncharted)].sort() };
}

/** With every bound name that the session could take: together they are what the principal can reach. */
function renderNames(identity: Identity, rbac: Rbac) {
  const { username, groups } = withImpliedGroups(identity);
  const open = groups.filter(isOpen);
  return {
    usernames: isOpen(username) ? listRendered([username], listBoundNames(rbac, 'User')) : [username],
    groups:
      open.length === 0 ? groups : [...groups, ...listRendered(open, [...listBoundNames(rbac, 'Group'), MASTERS])],
  };
}

const boundNames = new WeakMap<Rbac, Readonly<Record<'User' | 'Group', readonly string[]>>>();

/** Remembered, since every principal asks. */
export function listBoundNames(rbac: Rbac, kind: 'User' | 'Group'): readonly string[] {
  const known = boundNames.get(rbac);
  if (known !== undefined) return known[kind];
  const subjects = rbac.bindings.flatMap((binding) => binding.subjects);
  const namesOf = (wanted: string) => [
    ...new Set(subjects.flatMap((subject) => (subject.kind === wanted ? [subject.name] : []))),
  ];
  const names = { User: namesOf('User'), Group: namesOf('Group') };
  boundNames.set(rbac, names);
  return names[kind];
}

export interface MissingRule {
  readonly scope: GrantScope;
  readonly rule: PolicyRule;
}

/** What the first allows and the second does not. */
export function listMissingAccess(first: EffectiveAccess, second: EffectiveAccess): readonly MissingRule[] {
  const scopes = new Map<GrantScope, PolicyRule[]>();
  for (const { scope, rules } of first.held) {
    const list = scopes.get(scope);
    if (list === undefined) scopes.set(scope, [...rules]);
    else list.push(...rules);
  }
  return [...scopes].flatMap(([scope, rules]) => {
    const covering = second.held.filter((held) => covers(held.scope, scope)).flatMap((held) => held.rules);
    return listMissing(
      rules.map((rule) => limitTo(scope, rule)),
      covering,
    ).map((rule) => ({ scope, rule }));
  });
}

/** Paths lie in no namespace, so a rule for one of them gives nothing inside of one. */
function limitTo(scope: GrantScope, rule: PolicyRule): PolicyRule {
  return scope === 'cluster' ? rule : { ...rule, nonResourceURLs: [] };
}

function covers(wide: GrantScope, narrow: GrantScope): boolean {
  const [pattern, namespace] = [namespaceOf(wide), namespaceOf(narrow)];
  if (pattern === null) return true;
  return namespace !== null && matchesNamespace(pattern, namespace);
}
