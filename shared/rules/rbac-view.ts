/** RBAC as the facts and the records so far show it, so that an object in a record is judged like one that was read. */
import type { Graded, GrantScope } from '../model/access.ts';
import type { Facts, ResolvedBinding, ResolvedRole } from '../model/facts.ts';
import type { Binding, PolicyRule, Role, RoleKind, Subject } from '../model/rbac.ts';
import { isDefaultBinding, isDefaultRole } from './default-rbac.ts';
import type { GradeContext } from './escalation-targets.ts';
import { findKnownRole } from './known-roles.ts';
import { gradeRules } from './levels.ts';
import { groupBy } from './lists-by-key.ts';
import type { HeldRules } from './own-level.ts';
import { bindingSubject, roleSubject } from './subject-names.ts';
import { compareTimes } from './time.ts';

export interface RbacView {
  /** Takes the object as the newest, and gives what the records showed before it; null when they showed nothing. */
  readonly takeRole: (role: Role) => Role | null;
  /** Where the records showed nothing, as it was read before that write (ISO time). */
  readonly takeBinding: (binding: Binding, at: string | null) => Pick<Binding, 'role' | 'subjects'> | null;
  readonly forget: (subject: string) => void;
  readonly resolveRole: (role: Role) => ResolvedRole;
  /** A role of which nothing is known gives level `unknown`. */
  readonly resolveBinding: (binding: Binding) => ResolvedBinding;
  readonly listBoundTo: (role: Role) => readonly Binding[];
}

export function openRbacView(facts: Facts | null): RbacView {
  const roles = new Map<string, Role>();
  const bindings = new Map<string, Binding>();
  const bound = facts === null ? null : indexByRole(facts);

  const findRole = (kind: RoleKind, name: string, namespace: string | null): Role | ResolvedRole | null => {
    const key = roleSubject({ kind, name, namespace: kind === 'Role' ? namespace : null });
    return roles.get(key) ?? bound?.roles.get(key) ?? findKnownRole(kind, name, namespace);
  };
  const context: GradeContext = {
    awsAuthCounts: facts?.cluster.authenticationMode !== 'API',
    findRole: (kind, name, namespace) => {
      const role = findRole(kind, name, namespace);
      return role === null ? null : rulesOf(role);
    },
    findGrants: (subject) => (facts === null ? null : listGrants(facts, subject)),
  };
  const resolveRole = (role: Role | ResolvedRole): ResolvedRole => {
    const effectiveRules = rulesOf(role);
    const isDefault = 'isDefault' in role ? role.isDefault : isDefaultRole(role);
    return { ...role, effectiveRules, isDefault, ...gradeRules(effectiveRules, scopeOf(role.namespace), context) };
  };

  return {
    takeRole: (role) => replace(roles, roleSubject(role), role),
    takeBinding: (binding, at) => {
      const key = bindingSubject(binding);
      return replace(bindings, key, binding) ?? findRead(bound?.changed.get(key), at);
    },
    forget: (subject) => {
      roles.delete(subject);
      bindings.delete(subject);
    },
    resolveRole,
    resolveBinding: (binding) => {
      const role = findRole(binding.role.kind, binding.role.name, binding.namespace);
      // The facts may be older than the record, or younger: a role that they do not show may well have been there.
      if (role === null) return { ...binding, resolvedRole: null, isDefault: false, ...UNKNOWN };
      const resolvedRole = resolveRole(role);
      const isDefault = isDefaultBinding(binding) && resolvedRole.isDefault;
      const graded = gradeRules(resolvedRole.effectiveRules, scopeOf(binding.namespace), context);
      return { ...binding, resolvedRole, isDefault, ...graded };
    },
    listBoundTo: (role) => {
      const key = roleSubject(role);
      const standing = (bound?.bindings.get(key) ?? []).filter((binding) => !bindings.has(bindingSubject(binding)));
      return [...standing, ...[...bindings.values()].filter((binding) => roleKeyOf(binding) === key)];
    },
  };
}

const UNKNOWN: Graded = { level: 'unknown', reason: 'its rules are not in what was read' };

/** True when the binding is known to grant nothing, since there is no role of that name. */
export function isRoleMissing({ resolvedRole, level }: Pick<ResolvedBinding, 'resolvedRole' | 'level'>): boolean {
  return resolvedRole === null && level !== 'unknown';
}

/** True when the API server was told not to repair the object, should it differ from what Kubernetes ships. */
export function isLeftAlone({ annotations, labels }: Pick<Role, 'annotations' | 'labels'>): boolean {
  const key = 'rbac.authorization.kubernetes.io/autoupdate';
  return [annotations, labels].some((words) => Object.hasOwn(words, key) && words[key] === 'false');
}

function scopeOf(namespace: string | null): GrantScope {
  return namespace === null ? 'cluster' : `namespace:${namespace}`;
}

function roleKeyOf({ role, namespace }: Binding): string {
  return roleSubject({ ...role, namespace: role.kind === 'Role' ? namespace : null });
}

function rulesOf(role: Role | ResolvedRole): readonly PolicyRule[] {
  return 'effectiveRules' in role ? role.effectiveRules : role.rules;
}

function replace<T>(map: Map<string, T>, key: string, value: T): T | null {
  const before = map.get(key) ?? null;
  map.set(key, value);
  return before;
}

function listGrants(facts: Facts, { kind, name, namespace }: Subject): readonly HeldRules[] {
  const key = kind === 'ServiceAccount' ? `${kind}/${namespace ?? ''}/${name}` : `${kind}/${name}`;
  return (facts.bindingsBySubject.get(key) ?? []).flatMap((binding) =>
    binding.resolvedRole === null
      ? []
      : [{ rules: binding.resolvedRole.effectiveRules, scope: scopeOf(binding.namespace) }],
  );
}

/** A write before the read made what was read. */
function findRead(changed: Binding | undefined, at: string | null): NonNullable<Binding['before']> | null {
  const before = changed?.before;
  return before === undefined || compareTimes(at, before.until) < 0 ? null : before;
}

interface ByRole {
  readonly roles: ReadonlyMap<string, ResolvedRole>;
  readonly bindings: ReadonlyMap<string, readonly ResolvedBinding[]>;
  /** By name: those that records have changed since they were read. */
  readonly changed: ReadonlyMap<string, Binding>;
}

const indexes = new WeakMap<Facts, ByRole>();

/** Remembered, since every detection of bindings asks. */
function indexByRole(facts: Facts): ByRole {
  const known = indexes.get(facts);
  if (known !== undefined) return known;
  const index: ByRole = {
    roles: new Map(facts.roles.map((role) => [roleSubject(role), role])),
    bindings: groupBy(facts.bindings, roleKeyOf),
    changed: new Map(
      facts.bindings.flatMap((binding) =>
        binding.before === undefined ? [] : [[bindingSubject(binding), binding] as const],
      ),
    ),
  };
  indexes.set(facts, index);
  return index;
}
