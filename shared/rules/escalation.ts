/** Verbs on named targets (impersonate, token, bind, escalate) into the level that the targets, and theirs in turn, are worth. */
import { type Graded, type GrantScope, LEVELS } from '../model/access.ts';
import type { PolicyRule, RoleKind, Subject } from '../model/rbac.ts';
import { type Ability, listNamedTargets, type NamedTarget } from './abilities.ts';
import { KUBE_SYSTEM, namespaceOf } from './namespaces.ts';
import { gradeOwn, type HeldRules, LIMITED, listAbilitiesByScope, stronger } from './own-level.ts';
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
}

/** Someone whose rights the holder can make its own, and how. */
interface Reached {
  readonly key: string;
  readonly path: string;
  /** The first step of the way, which is all that longer paths repeat of it. */
  readonly firstStep: string;
  /** null: not known what it holds. */
  readonly held: readonly HeldRules[] | null;
  /** A role counts only when it gives control: reading Secrets through a bound role does not raise the level. */
  readonly onlyControl: boolean;
}

const EVERYTHING: readonly PolicyRule[] = [parseRule('* | * | *')];
const SUPERUSERS: readonly HeldRules[] = [{ scope: 'cluster', rules: EVERYTHING }];

/** Breadth first and each target once, so that circles end and no chain is too long. Never above admin-equivalent. */
export function gradeTargets(held: readonly HeldRules[], context: GradeContext): Graded {
  let best = LIMITED;
  const seen = new Set<string>();
  let wave = listReached(held, context, null);
  while (wave.length > 0 && best.level !== 'admin-equivalent') {
    const fresh = wave.filter(({ key }) => !seen.has(key) && seen.add(key));
    for (const reached of fresh) best = stronger(best, gradeReached(reached, context));
    wave = fresh.flatMap((reached) =>
      reached.held === null ? [] : listReached(reached.held, context, reached.firstStep),
    );
  }
  return best;
}

function gradeReached({ held, path, onlyControl }: Reached, context: GradeContext): Graded {
  if (held === null) return { level: 'unknown', reason: `${path}, of which it is not known what it holds` };
  const { level, reason } = gradeOwn(held, context.awsAuthCounts);
  if (level === 'limited' || (onlyControl && level === 'sensitive-read')) return LIMITED;
  const isAbove = LEVELS.indexOf(level) > LEVELS.indexOf('admin-equivalent');
  return { level: isAbove ? 'admin-equivalent' : level, reason: `${path}, which ${reason}` };
}

function listReached(held: readonly HeldRules[], context: GradeContext, firstStep: string | null): readonly Reached[] {
  if (held.every(({ rules }) => listNamedTargets(rules).length === 0)) return [];
  const abilities = listAbilitiesByScope(held);
  return held.flatMap(({ rules, scope }) =>
    listNamedTargets(rules).flatMap((target) => {
      const from = { scope, can: abilities.get(scope) ?? new Set<Ability>(), firstStep };
      return isRoleTarget(target) ? reachRole(target, from, context) : reachSubject(target, from, context);
    }),
  );
}

interface From {
  readonly scope: GrantScope;
  readonly can: ReadonlySet<Ability>;
  readonly firstStep: string | null;
}
type RoleTarget = Extract<NamedTarget, { readonly by: 'bind' | 'escalate' }>;
type SubjectTarget = Extract<NamedTarget, { readonly by: 'impersonate' | 'token' }>;

function isRoleTarget(target: NamedTarget): target is RoleTarget {
  return target.by === 'bind' || target.by === 'escalate';
}

function reachSubject(target: SubjectTarget, { scope, firstStep }: From, context: GradeContext): readonly Reached[] {
  const { by, kind, name } = target;
  if (kind !== 'ServiceAccount' && scope !== 'cluster') return []; // users and groups are cluster-scoped
  const namespace = kind === 'ServiceAccount' ? namespaceOf(scope) : null;
  const shown =
    kind === 'ServiceAccount' ? `service account ${namespace ?? '*'}/${name}` : `${kind.toLowerCase()} ${name}`;
  const isMasters = kind === 'Group' && name === 'system:masters';
  return [
    {
      ...pathOf(`may ${by === 'token' ? 'create tokens of' : 'impersonate'} ${shown}`, firstStep),
      key: `${kind}/${namespace ?? '-'}/${name}`,
      held: isMasters ? SUPERUSERS : context.findGrants({ kind, name, namespace }),
      onlyControl: false,
    },
  ];
}

/** Every scope at which the role can come to hold for the one who binds or rewrites it. */
function reachRole(target: RoleTarget, { scope, can, firstStep }: From, context: GradeContext): readonly Reached[] {
  const { by, kind, name } = target;
  const scopes: GrantScope[] = [];
  const writesForCluster = can.has(by === 'bind' ? 'write-cluster-bindings' : 'write-cluster-roles');
  const writesForNamespace = by === 'bind' ? can.has('write-bindings') : kind === 'Role' && can.has('write-roles');
  if (kind === 'ClusterRole' && scope === 'cluster' && writesForCluster) scopes.push('cluster');
  if (writesForNamespace) scopes.push(scope === 'cluster' ? `namespace:${KUBE_SYSTEM}` : scope);
  return scopes.flatMap((at): readonly Reached[] => {
    const namespace = kind === 'Role' ? namespaceOf(at) : null;
    const rules = context.findRole(kind, name, namespace) ?? findShipped(kind, name);
    if (rules === null) return []; // nothing to reach until somebody creates it
    return [
      {
        ...pathOf(`may ${by === 'bind' ? 'bind' : 'rewrite'} ${kind} ${name}`, firstStep),
        key: `${kind}/${namespace ?? '-'}/${name}@${at}`,
        held: [{ rules, scope: at }],
        onlyControl: true,
      },
    ];
  });
}

/** The API server puts cluster-admin back wherever it is missing, so that its absence only means that it was not read. */
function findShipped(kind: RoleKind, name: string): readonly PolicyRule[] | null {
  return kind === 'ClusterRole' && name === 'cluster-admin' ? EVERYTHING : null;
}

function pathOf(step: string, firstStep: string | null): Pick<Reached, 'path' | 'firstStep'> {
  if (firstStep === null) return { path: step, firstStep: step };
  return { path: `${firstStep}, and from there ${step}`, firstStep };
}
