/** RBAC objects into bindings whose role is found, whose rules are put together, and whose level is known. */
import type { Graded, GrantScope } from '../model/access.ts';
import type { ResolvedBinding, ResolvedRole } from '../model/facts.ts';
import type { PolicyRule, Rbac, Role, RoleKind, Subject } from '../model/rbac.ts';
import { aggregateRules } from '../rules/aggregation.ts';
import { isDefaultBinding, isDefaultRole } from '../rules/default-rbac.ts';
import type { GradeContext } from '../rules/escalation-targets.ts';
import { gradeRules } from '../rules/levels.ts';
import { append } from '../rules/lists-by-key.ts';
import { once, onceFor } from '../rules/once.ts';
import type { HeldRules } from '../rules/own-level.ts';
import { subjectKey } from './subjects.ts';

export interface ResolvedRbac {
  readonly roles: readonly ResolvedRole[];
  readonly bindings: readonly ResolvedBinding[];
  readonly bindingsBySubject: ReadonlyMap<string, readonly ResolvedBinding[]>;
  /** For grading what else a holder has in the same cluster. */
  readonly context: GradeContext;
}

const MISSING: Graded = { level: 'limited', reason: 'grants nothing, for its role does not exist' };

/** Once for the same objects: most of what happens to a cluster leaves its RBAC as it was read. */
export function resolveRbac(rbac: Rbac, awsAuthCounts: boolean): ResolvedRbac {
  return awsAuthCounts ? resolveWithAwsAuth(rbac) : resolveAlone(rbac);
}

const resolveWithAwsAuth = onceFor((rbac: Rbac) => resolve(rbac, true));
const resolveAlone = onceFor((rbac: Rbac) => resolve(rbac, false));

function resolve(rbac: Rbac, awsAuthCounts: boolean): ResolvedRbac {
  const rules = putRulesTogether(rbac.roles);
  const rulesBySubject = once(() => listRulesBySubject(rbac, rules));
  const context: GradeContext = {
    isFixed: true,
    awsAuthCounts,
    findRole: (kind, name, namespace) => rules.get(roleKey(kind, name, namespace))?.rules ?? null,
    findGrants: (subject: Subject) => rulesBySubject().get(subjectKey(subject)) ?? [],
  };
  const grade = gradeOnce(context);
  const roles = new Map<string, ResolvedRole>();
  for (const [key, { role, rules: effectiveRules }] of rules) {
    const graded = grade(effectiveRules, scopeOf(role.namespace));
    roles.set(key, {
      ...role,
      ...graded,
      effectiveRules,
      isDefault: isDefaultRole({ ...role, rules: effectiveRules }),
    });
  }
  const bindings = rbac.bindings.map((binding): ResolvedBinding => {
    const resolvedRole = roles.get(roleKey(binding.role.kind, binding.role.name, binding.namespace)) ?? null;
    const graded = resolvedRole === null ? MISSING : grade(resolvedRole.effectiveRules, scopeOf(binding.namespace));
    const isDefault = isDefaultBinding(binding) && (resolvedRole === null || resolvedRole.isDefault);
    return { ...binding, ...graded, resolvedRole, isDefault };
  });
  return { roles: [...roles.values()], bindings, bindingsBySubject: indexBySubject(bindings), context };
}

function listRulesBySubject(rbac: Rbac, rules: RulesOfRoles): ReadonlyMap<string, readonly HeldRules[]> {
  const bySubject = new Map<string, HeldRules[]>();
  for (const binding of rbac.bindings) {
    const found = rules.get(roleKey(binding.role.kind, binding.role.name, binding.namespace));
    if (found === undefined) continue;
    const held = { scope: scopeOf(binding.namespace), rules: found.rules };
    for (const subject of binding.subjects) {
      append(bySubject, subjectKey(subject), held);
      // Whoever may take a name in all namespaces asks for it without one.
      if (subject.kind === 'ServiceAccount') append(bySubject, subjectKey({ ...subject, namespace: null }), held);
    }
  }
  return bySubject;
}

function scopeOf(namespace: string | null): GrantScope {
  return namespace === null ? 'cluster' : `namespace:${namespace}`;
}

function roleKey(kind: RoleKind, name: string, namespace: string | null): string {
  return kind === 'ClusterRole' ? `ClusterRole/${name}` : `Role/${namespace ?? ''}/${name}`;
}

type RulesOfRoles = ReadonlyMap<string, { readonly role: Role; readonly rules: readonly PolicyRule[] }>;

/** A live cluster fills in what aggregation gives; a published manifest leaves it to whoever reads it. */
function putRulesTogether(roles: readonly Role[]): RulesOfRoles {
  const clusterRoles = roles.filter((role) => role.kind === 'ClusterRole');
  return new Map(
    roles.map((role) => [
      roleKey(role.kind, role.name, role.namespace),
      {
        role,
        rules: role.aggregates.length > 0 && role.rules.length === 0 ? aggregateRules(role, clusterRoles) : role.rules,
      },
    ]),
  );
}

/** The same role is bound many times: it is graded once for each scope. */
function gradeOnce(context: GradeContext): (rules: readonly PolicyRule[], scope: GrantScope) => Graded {
  const known = new WeakMap<readonly PolicyRule[], Map<GrantScope, Graded>>();
  return (rules, scope) => {
    const byScope = known.get(rules) ?? new Map<GrantScope, Graded>();
    known.set(rules, byScope);
    const graded = byScope.get(scope) ?? gradeRules(rules, scope, context);
    byScope.set(scope, graded);
    return graded;
  };
}

function indexBySubject(bindings: readonly ResolvedBinding[]): ReadonlyMap<string, readonly ResolvedBinding[]> {
  const index = new Map<string, ResolvedBinding[]>();
  for (const binding of bindings) {
    for (const key of new Set(binding.subjects.map(subjectKey))) append(index, key, binding);
  }
  return index;
}
