/** Everything one holder is granted into those whose rights it can make its own: named subjects and named roles. */
import type { GrantScope } from '../model/access.ts';
import type { PolicyRule, RoleKind, Subject } from '../model/rbac.ts';
import { type Ability, listNamedTargets, type NamedTarget } from './abilities.ts';
import { KUBE_SYSTEM, namespaceOf } from './namespaces.ts';
import { type HeldRules, listAbilitiesByScope } from './own-level.ts';
import { parseRule } from './rule-notation.ts';

export interface GradeContext {
  /** True when the authentication mode reads aws-auth: then whoever changes it lets in whom they like. */
  readonly awsAuthCounts: boolean;
  /** null when there is no such role. */
  readonly findRole: (kind: RoleKind, name: string, namespace: string | null) => readonly PolicyRule[] | null;
  /**
   * What RBAC grants a subject that can be impersonated (access policies do not follow an impersonated user).
   * A service account without namespace stands for that name in any. null: not known.
   */
  readonly findGrants: (subject: Subject) => readonly HeldRules[] | null;
  /** True when the two always answer the same: then what a target is worth is worked out once for all holders. */
  readonly isFixed?: boolean;
}

/** One step: from a holder to someone whose rights it can make its own. */
export interface Step {
  readonly key: string;
  /** What the holder may do to get there, in words. */
  readonly how: string;
  /** null: not known what is held there. */
  readonly held: readonly HeldRules[] | null;
  /** A role counts only when it gives control: reading Secrets through a bound role does not raise the level. */
  readonly onlyControl: boolean;
}

export function listSteps(held: readonly HeldRules[], context: GradeContext): readonly Step[] {
  if (held.every(({ rules }) => listNamedTargets(rules).length === 0)) return [];
  const abilities = listAbilitiesByScope(held);
  return held.flatMap(({ rules, scope }) =>
    listNamedTargets(rules).flatMap((target) => {
      const from = { scope, can: abilities.get(scope) ?? new Set<Ability>() };
      return isRoleTarget(target) ? stepToRole(target, from, context) : stepToSubject(target, from, context);
    }),
  );
}

interface From {
  readonly scope: GrantScope;
  readonly can: ReadonlySet<Ability>;
}
type RoleTarget = Extract<NamedTarget, { readonly by: 'bind' | 'escalate' }>;
type SubjectTarget = Extract<NamedTarget, { readonly by: 'impersonate' | 'token' }>;

function isRoleTarget(target: NamedTarget): target is RoleTarget {
  return target.by === 'bind' || target.by === 'escalate';
}

const EVERYTHING: readonly PolicyRule[] = [parseRule('* | * | *')];
const SUPERUSERS: readonly HeldRules[] = [{ scope: 'cluster', rules: EVERYTHING }];

function stepToSubject({ by, kind, name }: SubjectTarget, { scope }: From, context: GradeContext): readonly Step[] {
  if (kind !== 'ServiceAccount' && scope !== 'cluster') return []; // users and groups are cluster-scoped
  const namespace = kind === 'ServiceAccount' ? namespaceOf(scope) : null;
  const shown =
    kind === 'ServiceAccount' ? `service account ${namespace ?? '*'}/${name}` : `${kind.toLowerCase()} ${name}`;
  const isMasters = kind === 'Group' && name === 'system:masters';
  return [
    {
      key: `${kind}/${namespace ?? '-'}/${name}`,
      how: `may ${by === 'token' ? 'create tokens of' : 'impersonate'} ${shown}`,
      held: isMasters ? SUPERUSERS : context.findGrants({ kind, name, namespace }),
      onlyControl: false,
    },
  ];
}

/** Every scope at which the role can come to hold for the one who binds or rewrites it. */
function stepToRole({ by, kind, name }: RoleTarget, { scope, can }: From, context: GradeContext): readonly Step[] {
  const scopes: GrantScope[] = [];
  const writesForCluster = can.has(by === 'bind' ? 'write-cluster-bindings' : 'write-cluster-roles');
  const writesForNamespace = by === 'bind' ? can.has('write-bindings') : kind === 'Role' && can.has('write-roles');
  if (kind === 'ClusterRole' && scope === 'cluster' && writesForCluster) scopes.push('cluster');
  if (writesForNamespace) scopes.push(scope === 'cluster' ? `namespace:${KUBE_SYSTEM}` : scope);
  return scopes.flatMap((at): readonly Step[] => {
    const namespace = kind === 'Role' ? namespaceOf(at) : null;
    const rules = context.findRole(kind, name, namespace) ?? findShipped(kind, name);
    if (rules === null) return []; // nothing to reach until somebody creates it
    const key = `${kind}/${namespace ?? '-'}/${name}@${at}`;
    const how = `may ${by === 'bind' ? 'bind' : 'rewrite'} ${kind} ${name}`;
    return [{ key, how, held: [{ rules, scope: at }], onlyControl: true }];
  });
}

/** The API server puts cluster-admin back wherever it is missing, so that its absence only means that it was not read. */
function findShipped(kind: RoleKind, name: string): readonly PolicyRule[] | null {
  return kind === 'ClusterRole' && name === 'cluster-admin' ? EVERYTHING : null;
}
