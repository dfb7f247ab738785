/** An identity that is logged in and not allowed, into the link that comes nearest to allowing it. */
import type { Mapping, ResolvedPolicy } from '../model/access.ts';
import type { Ref } from '../model/coverage.ts';
import type { Subject } from '../model/rbac.ts';
import { policyAnswers } from '../rules/access-policies.ts';
import { showRole } from '../rules/rbac-remedies.ts';
import { associatePolicy, describeAccessEntry, showBinding } from '../rules/remedies.ts';
import { wordBinding, wordRole } from '../rules/subject-names.ts';
import type { Broken } from './broken.ts';
import { createBinding, createGrant, createRole, findFreeName } from './grant-commands.ts';
import { grantThroughEntry, grantThroughRow, type Mend } from './grants.ts';
import { type Held, policyCovers } from './held.ts';
import { holdsAt, listAllowedNames, listOwnBindings, type OwnBinding, wouldAllow } from './own-bindings.ts';
import type { Question } from './question.ts';
import { wordResource } from './request.ts';
import { listSome, wordPolicy } from './words.ts';

/** How the identity came in: through a mapping, or by its name in Kubernetes. */
export type Through =
  | { readonly door: Mapping; readonly subject: null }
  | { readonly door: null; readonly subject: Subject };

export interface Denial {
  readonly question: Question;
  readonly held: Held;
  readonly through: Through;
}

export function findDenial(denial: Denial): Broken {
  const own = listOwnBindings(denial.question.facts, denial.held.identity);
  return (
    findMissingRole(denial, own) ??
    findShortPolicy(denial) ??
    findOtherNamespace(denial, own) ??
    describeRules(denial, own) ??
    describeNoBinding(denial, own)
  );
}

function findMissingRole({ question }: Denial, own: readonly OwnBinding[]): Broken | null {
  const { ask } = question;
  const found = own.find(({ binding }) => holdsAt(binding, ask.request) && binding.resolvedRole === null);
  if (found === undefined) return null;
  const { binding } = found;
  const missing = { ...binding.role, namespace: binding.role.kind === 'Role' ? binding.namespace : null };
  const isHere = (binding.role.kind === 'Role') === (ask.request.namespace !== '');
  return {
    link: 'rbac:role-missing',
    why: `${wordBinding(binding)} binds it to ${wordRole(missing)}, which does not exist`,
    evidence: [binding.evidence],
    commands: [
      showBinding(binding),
      ...(isHere ? [createRole(ask, binding.role.name)] : createGrant(question, found.subject)),
    ],
    advice: isHere
      ? 'The role is created with this one permission; whoever else the binding names gets it as well.'
      : 'The binding is left as it is: whoever creates its role decides what all its subjects may do.',
  };
}

function findShortPolicy({ question, held, through }: Denial): Broken | null {
  const { ask, facts } = question;
  const policy = held.policies.find(
    ({ name, scope }) => policyAnswers(name, ask.request) === 'yes' && !policyCovers(scope, ask),
  );
  const entry = through.door?.entry ?? null;
  if (policy === undefined || entry === null) return null;
  const where =
    ask.request.namespace === ''
      ? ask.isNamespaced
        ? 'all namespaces'
        : 'what lies in no namespace'
      : `namespace ${ask.request.namespace}`;
  const extended = extendScope(policy, ask.request.namespace);
  const { commands, advice } =
    extended === null
      ? grantThroughEntry(question, entry)
      : { commands: [associatePolicy(facts.cluster, entry.principal.arn, extended)], advice: null };
  return {
    link: 'policy:scope',
    why: `${wordPolicy(policy)} allows it, and does not reach ${where}`,
    evidence: [entry.evidence],
    commands: [describeAccessEntry(facts.cluster, entry.principal.arn), ...commands],
    advice,
  };
}

/** Associating a policy again replaces its scope, so what it has stays on the list. null where one namespace is not the answer. */
function extendScope(policy: ResolvedPolicy, namespace: string): Pick<ResolvedPolicy, 'policyArn' | 'scope'> | null {
  if (namespace === '' || policy.scope.type === 'cluster') return null;
  const namespaces = [...policy.scope.namespaces, namespace];
  return { policyArn: policy.policyArn, scope: { type: 'namespace', namespaces } };
}

function findOtherNamespace(denial: Denial, own: readonly OwnBinding[]): Broken | null {
  const { question, through } = denial;
  const { ask, facts } = question;
  const elsewhere = own.filter(({ binding }) => !holdsAt(binding, ask.request) && wouldAllow(binding, ask.request));
  const [first] = elsewhere;
  if (first === undefined) return null;
  const namespaces = [...new Set(elsewhere.flatMap(({ binding }) => binding.namespace ?? []))];
  const { binding, subject } = first;
  const isSameRole = ask.request.namespace !== '' && binding.role.kind === 'ClusterRole' && !allowsAll(first);
  const here = facts.bindings.filter(({ namespace }) => (namespace ?? '') === ask.request.namespace);
  const name = findFreeName(binding.name, new Set(here.map((each) => each.name)));
  const { commands, advice } = isSameRole
    ? { commands: [createBinding(ask, { name, role: binding.role }, subject)], advice: null }
    : grant(question, through);
  const where = namespaces.length === 1 ? 'namespace' : 'namespaces';
  return {
    link: 'rbac:wrong-namespace',
    why: `${wordBinding(binding)} allows it in ${where} ${listSome(namespaces, 5)} alone`,
    evidence: elsewhere.slice(0, 5).map((each) => each.binding.evidence),
    commands: [showBinding(binding), ...commands],
    advice,
  };
}

function allowsAll({ binding }: OwnBinding): boolean {
  const rules = binding.resolvedRole?.effectiveRules ?? [];
  return rules.some(({ verbs, resources }) => verbs.includes('*') && resources.includes('*'));
}

/** Only where the policies are all that the identity has. */
function describeRules({ question, held, through }: Denial, own: readonly OwnBinding[]): Broken | null {
  if (held.policies.length === 0 || own.some(({ isImplied }) => !isImplied)) return null;
  const { verb } = question.ask.request;
  const names = listSome([...new Set(held.policies.map(({ name }) => name))], 3);
  const evidence: readonly Ref[] = through.door?.evidence ?? [];
  return {
    link: 'policy:rules',
    why: `${names} does not allow ${verb} on ${wordResource(question.ask.request)}`,
    evidence,
    ...grant(question, through),
  };
}

function describeNoBinding({ question, through, held }: Denial, own: readonly OwnBinding[]): Broken {
  const { ask } = question;
  const named = own.filter(({ isImplied }) => !isImplied);
  const roles = [
    ...new Set(
      named.map(({ binding }) => `${wordBinding(binding)} to ${wordRole({ ...binding.role, namespace: null })}`),
    ),
  ];
  const names = named.flatMap(({ binding }) =>
    holdsAt(binding, ask.request) ? listAllowedNames(binding, ask.request) : [],
  );
  const only = names.length === 0 ? '' : `; it is allowed for the names ${listSome(names, 5)} alone`;
  const who = held.identity.groups.length === 0 ? 'it' : `it or its groups`;
  const why =
    roles.length === 0 ? `nothing is bound to ${who}` : `none of its bindings allows it: ${listSome(roles, 3)}`;
  return {
    link: 'rbac:no-binding',
    why: `${why}${only}`,
    evidence: named.slice(0, 5).map(({ binding }) => binding.evidence),
    ...showFirst(question, named, grant(question, through)),
  };
}

function showFirst({ facts }: Question, own: readonly OwnBinding[], mend: Mend): Mend {
  const role = own[0]?.binding.resolvedRole;
  const known = role != null && facts.roles.includes(role) ? [showRole(role)] : [];
  return { ...mend, commands: [...known, ...mend.commands] };
}

const EVERYBODY = /^system:(?:authenticated|serviceaccounts(?::.*)?)$/;
const NOBODY = /^system:(?:anonymous|unauthenticated)$/;

/** The least that allows the request to whoever asked. */
export function grant(question: Question, { door, subject }: Through): Mend {
  if (door !== null) {
    return door.entry === null ? grantThroughRow(question, door) : grantThroughEntry(question, door.entry);
  }
  if (NOBODY.test(subject.name)) return { commands: [], advice: 'Log in: nobody should be allowed this without.' };
  const advice =
    EVERYBODY.test(subject.name) && subject.kind === 'Group' ? `It would be granted to all of ${subject.name}.` : null;
  return { commands: createGrant(question, subject), advice };
}
