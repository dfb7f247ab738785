/** RBAC objects, an identity and a request into the answer of the Kubernetes authorizer, with the binding that allows. */
import type { Identity } from '../model/principal.ts';
import type { AccessRequest, Binding, PolicyRule, Rbac, Role, Subject } from '../model/rbac.ts';
import { aggregateRules } from './aggregation.ts';
import { append } from './lists-by-key.ts';
import { ruleAllows } from './rbac-matcher.ts';

export interface Allowance {
  readonly binding: Binding;
  readonly role: Role;
  readonly rule: PolicyRule;
}

export interface RbacAnswer {
  readonly allowed: boolean;
  /** The first that allows; null when none does. */
  readonly by: Allowance | null;
}

/** RBAC alone: system:masters passes an authorizer of its own before this one is asked. Groups count as given. */
export function allows(rbac: Rbac, identity: Identity, request: AccessRequest): RbacAnswer {
  const [by] = listAllowances(rbac, identity, request);
  return by === undefined ? { allowed: false, by: null } : { allowed: true, by };
}

/** Every binding of the identity that allows the request: those of its username first, those of the cluster before them. */
export function* listAllowances(rbac: Rbac, identity: Identity, request: AccessRequest): Iterable<Allowance> {
  const index = indexRbac(rbac);
  for (const binding of listApplying(index, identity, request.namespace)) {
    const by = findAllowance(index, binding, request);
    if (by !== null) yield by;
  }
}

/** Every binding that allows the request, whoever its subjects are. */
export function listAllowing(rbac: Rbac, request: AccessRequest): readonly Allowance[] {
  const index = indexRbac(rbac);
  return rbac.bindings
    .filter(({ namespace }) => namespace === null || namespace === request.namespace)
    .map((binding) => findAllowance(index, binding, request))
    .filter((allowance) => allowance !== null);
}

export interface HeldBinding {
  readonly binding: Binding;
  /** Of its role; a role that is missing has none. */
  readonly rules: readonly PolicyRule[];
}

/** Every binding of one who comes as any of the usernames and in all of the groups, wherever it holds. */
export function listHeldBindings(
  rbac: Rbac,
  { usernames, groups }: { readonly usernames: readonly string[]; readonly groups: readonly string[] },
): readonly HeldBinding[] {
  const index = indexRbac(rbac);
  const keys = [...usernames.map((name) => userKey(null, name)), ...groups.map((name) => groupKey(null, name))];
  return [...new Set(keys.flatMap((key) => index.everywhere.get(key) ?? []))].map((binding) => {
    const role = findRole(index, binding);
    return { binding, rules: role === undefined ? [] : index.rulesOf(role) };
  });
}

const SERVICE_ACCOUNT = 'system:serviceaccount:';

export function serviceAccountUsername(namespace: string, name: string): string {
  return `${SERVICE_ACCOUNT}${namespace}:${name}`;
}

/** The groups that Kubernetes adds when it authenticates somebody. */
export function withImpliedGroups({ username, groups }: Identity): Identity {
  const implied = username === 'system:anonymous' ? ['system:unauthenticated'] : ['system:authenticated'];
  const [namespace, name, ...rest] = username.startsWith(SERVICE_ACCOUNT)
    ? username.slice(SERVICE_ACCOUNT.length).split(':')
    : [];
  if (name !== undefined && rest.length === 0) {
    implied.unshift('system:serviceaccounts', `system:serviceaccounts:${namespace}`);
  }
  return { username, groups: [...new Set([...groups, ...implied])] };
}

interface Index {
  readonly roles: ReadonlyMap<string, Role>;
  /** By namespace ('' for the cluster) and subject, in the order of the evidence. */
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  /** By subject alone. */
  readonly everywhere: ReadonlyMap<string, readonly Binding[]>;
  readonly rulesOf: (role: Role) => readonly PolicyRule[];
}

const indexes = new WeakMap<Rbac, Index>();

function indexRbac(rbac: Rbac): Index {
  const known = indexes.get(rbac);
  if (known !== undefined) return known;
  const roles = new Map(rbac.roles.map((role) => [`${role.kind}/${role.namespace ?? ''}/${role.name}`, role]));
  const bindings = new Map<string, Binding[]>();
  const everywhere = new Map<string, Binding[]>();
  for (const binding of rbac.bindings) {
    const { namespace } = binding;
    for (const name of new Set(binding.subjects.map((subject) => nameSubject(subject, namespace)))) {
      append(bindings, `${namespace ?? ''}/${name}`, binding);
      append(everywhere, `/${name}`, binding);
    }
  }
  const index = { roles, bindings, everywhere, rulesOf: rememberRules(rbac) };
  indexes.set(rbac, index);
  return index;
}

function rememberRules(rbac: Rbac): Index['rulesOf'] {
  const clusterRoles = rbac.roles.filter(({ kind }) => kind === 'ClusterRole');
  const rulesByRole = new Map<Role, readonly PolicyRule[]>();
  return (role) => {
    const rules = rulesByRole.get(role) ?? aggregateRules(role, clusterRoles);
    rulesByRole.set(role, rules);
    return rules;
  };
}

/** A service account is compared by its username, as the authorizer does: a User subject of that name is the same. */
function nameSubject({ kind, name, namespace }: Subject, place: string | null): string {
  if (kind !== 'ServiceAccount') return `${kind}/${name}`;
  const home = namespace ?? place;
  return home === null ? '' : `User/${serviceAccountUsername(home, name)}`;
}

function userKey(namespace: string | null, name: string): string {
  return `${namespace ?? ''}/User/${name}`;
}

function groupKey(namespace: string | null, name: string): string {
  return `${namespace ?? ''}/Group/${name}`;
}

/** A request without a namespace is for the cluster: RoleBindings are not asked. */
function* listApplying(index: Index, { username, groups }: Identity, namespace: string): Iterable<Binding> {
  for (const place of namespace === '' ? [null] : [null, namespace]) {
    yield* index.bindings.get(userKey(place, username)) ?? [];
    for (const group of groups) yield* index.bindings.get(groupKey(place, group)) ?? [];
  }
}

function findAllowance(index: Index, binding: Binding, request: AccessRequest): Allowance | null {
  const role = findRole(index, binding);
  const rule = role && index.rulesOf(role).find((each) => ruleAllows(each, request));
  return role === undefined || rule === undefined ? null : { binding, role, rule };
}

/** A Role is looked for in the namespace of its binding; a missing role allows nothing. */
function findRole({ roles }: Index, { role, namespace }: Binding): Role | undefined {
  const home = role.kind === 'Role' ? (namespace ?? '') : '';
  return roles.get(`${role.kind}/${home}/${role.name}`);
}
