/** RBAC objects, an identity and a request into the answer of the Kubernetes authorizer, with the binding that allows. */
import type { Identity } from '../model/principal.ts';
import type { AccessRequest, Binding, PolicyRule, Rbac, Role, Subject } from '../model/rbac.ts';
import { aggregateRules } from './aggregation.ts';
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
  readonly rulesOf: (role: Role) => readonly PolicyRule[];
}

const indexes = new WeakMap<Rbac, Index>();

function indexRbac(rbac: Rbac): Index {
  const known = indexes.get(rbac);
  if (known !== undefined) return known;
  const roles = new Map(rbac.roles.map((role) => [`${role.kind}/${role.namespace ?? ''}/${role.name}`, role]));
  const bindings = new Map<string, Binding[]>();
  for (const binding of rbac.bindings) {
    for (const key of new Set(binding.subjects.map((subject) => subjectKey(binding.namespace, subject)))) {
      const list = bindings.get(key);
      if (list === undefined) bindings.set(key, [binding]);
      else list.push(binding);
    }
  }
  const index = { roles, bindings, rulesOf: rememberRules(rbac) };
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
function subjectKey(namespace: string | null, subject: Subject): string {
  if (subject.kind === 'Group') return groupKey(namespace, subject.name);
  if (subject.kind === 'User') return userKey(namespace, subject.name);
  const home = subject.namespace ?? namespace;
  return home === null ? '' : userKey(namespace, serviceAccountUsername(home, subject.name));
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

/** A Role is looked for in the namespace of its binding; a missing role allows nothing. */
function findAllowance(index: Index, binding: Binding, request: AccessRequest): Allowance | null {
  const home = binding.role.kind === 'Role' ? (binding.namespace ?? '') : '';
  const role = index.roles.get(`${binding.role.kind}/${home}/${binding.role.name}`);
  const rule = role && index.rulesOf(role).find((each) => ruleAllows(each, request));
  return role === undefined || rule === undefined ? null : { binding, role, rule };
}
