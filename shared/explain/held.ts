/** What an identity holds (policies, groups, username) into whether that allows the request, and by what. */
import type { ResolvedPolicy } from '../model/access.ts';
import type { AccessScope } from '../model/eks.ts';
import type { Ask } from '../model/explanation.ts';
import type { Identity } from '../model/principal.ts';
import type { Subject } from '../model/rbac.ts';
import { policyAnswers } from '../rules/access-policies.ts';
import { type Allowance, listAllowances, listAllowing, withImpliedGroups } from '../rules/authorizer.ts';
import { MASTERS } from '../rules/keyholders.ts';
import { scopeCovers } from '../rules/namespaces.ts';
import { isOpen, listRendered } from '../rules/usernames.ts';
import type { Question } from './question.ts';

export interface Held {
  /** Both may still hold templates, where the session name is not known. */
  readonly identity: Identity;
  readonly policies: readonly ResolvedPolicy[];
}

export type Way =
  | { readonly kind: 'masters' }
  | { readonly kind: 'policy'; readonly policy: ResolvedPolicy }
  | { readonly kind: 'binding'; readonly allowance: Allowance };

export interface Decision {
  /** Each alone allows the request. */
  readonly ways: readonly Way[];
  /** Policies that reach the place and of which AWS does not publish whether they allow it. */
  readonly undecided: readonly ResolvedPolicy[];
  /** Names that a session could take to be allowed. */
  readonly bySession: readonly string[];
}

/** A node's own rights are those of the Node authorizer, which is not asked here. */
export function decide({ rbac, ask }: Question, { identity, policies }: Held): Decision {
  const ways: Way[] = identity.groups.includes(MASTERS) ? [{ kind: 'masters' }] : [];
  const undecided: ResolvedPolicy[] = [];
  for (const policy of policies) {
    if (!policyCovers(policy.scope, ask)) continue;
    const answer = policyAnswers(policy.name, ask.request);
    if (answer === 'yes') ways.push({ kind: 'policy', policy });
    if (answer === 'unknown') undecided.push(policy);
  }
  for (const allowance of listAllowances(rbac, withImpliedGroups(identity), ask.request)) {
    ways.push({ kind: 'binding', allowance });
  }
  return { ways, undecided, bySession: ways.length > 0 ? [] : listSessionNames(rbac, ask, identity) };
}

/** A namespace scope of `*` reaches all namespaces, and nothing that lies in none. */
export function policyCovers(scope: AccessScope, { request, isNamespaced }: Ask): boolean {
  if (request.namespace !== '') return scopeCovers(scope, request.namespace);
  if (isNamespaced && scope.type === 'namespace' && scope.namespaces.includes('*')) return true;
  return scopeCovers(scope, null);
}

/** Bound names that would allow the request, and that a template of the identity can come out as. */
function listSessionNames(rbac: Question['rbac'], { request }: Ask, { username, groups }: Identity): readonly string[] {
  const templates = groups.filter(isOpen);
  if (!isOpen(username) && templates.length === 0) return [];
  const subjects = listAllowing(rbac, request).flatMap(({ binding }) => binding.subjects);
  const named = (kind: Subject['kind']) => subjects.filter((each) => each.kind === kind).map(({ name }) => name);
  const users = isOpen(username) ? listRendered([username], named('User')) : [];
  return [...users, ...listRendered(templates, [...named('Group'), MASTERS])];
}
