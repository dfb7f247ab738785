/** An identity into the bindings that name it, whatever they allow and wherever they hold. */
import type { Facts, ResolvedBinding } from '../model/facts.ts';
import type { Identity } from '../model/principal.ts';
import type { AccessRequest, Subject } from '../model/rbac.ts';
import { withImpliedGroups } from '../rules/authorizer.ts';
import { ruleAllows } from '../rules/rbac-matcher.ts';

export interface OwnBinding {
  readonly binding: ResolvedBinding;
  /** By which of its names it is bound. */
  readonly subject: Subject;
  /** Through a group that everybody of a kind is in. */
  readonly isImplied: boolean;
}

export function listOwnBindings(facts: Facts, identity: Identity): readonly OwnBinding[] {
  const own = new Set(identity.groups);
  return listSubjects(withImpliedGroups(identity)).flatMap((subject) => {
    const isImplied = subject.kind === 'Group' && !own.has(subject.name);
    return findBindings(facts, subject).map((binding) => ({ binding, subject, isImplied }));
  });
}

const SERVICE_ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;

function listSubjects({ username, groups }: Identity): readonly Subject[] {
  const [, namespace, name] = SERVICE_ACCOUNT.exec(username) ?? [];
  const account: readonly Subject[] =
    name === undefined || namespace === undefined ? [] : [{ kind: 'ServiceAccount', name, namespace }];
  const user: readonly Subject[] = username === '' ? [] : [{ kind: 'User', name: username, namespace: null }];
  return [...account, ...user, ...groups.map((group): Subject => ({ kind: 'Group', name: group, namespace: null }))];
}

function findBindings({ bindingsBySubject }: Facts, { kind, name, namespace }: Subject): readonly ResolvedBinding[] {
  const key = kind === 'ServiceAccount' ? `${kind}/${namespace ?? ''}/${name}` : `${kind}/${name}`;
  return bindingsBySubject.get(key) ?? [];
}

/** Where the binding holds is not looked at. */
export function wouldAllow({ resolvedRole }: ResolvedBinding, request: AccessRequest): boolean {
  return resolvedRole?.effectiveRules.some((rule) => ruleAllows(rule, request)) ?? false;
}

export function holdsAt({ namespace }: ResolvedBinding, request: AccessRequest): boolean {
  return namespace === null || namespace === request.namespace;
}

/** Of a role that allows the request for some objects only: their names. */
export function listAllowedNames({ resolvedRole }: ResolvedBinding, request: AccessRequest): readonly string[] {
  const rules = resolvedRole?.effectiveRules ?? [];
  return rules
    .filter(({ resourceNames }) => resourceNames.length > 0)
    .filter((rule) => rule.resourceNames.some((name) => ruleAllows(rule, { ...request, name })))
    .flatMap(({ resourceNames }) => resourceNames);
}
