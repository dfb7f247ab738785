/** A holder into those of its grants that allow a request, here or in some namespaces. */
import type { Access, Grant, Mapping, Via } from '../model/access.ts';
import type { Facts, ResolvedBinding } from '../model/facts.ts';
import { policyAnswers } from '../rules/access-policies.ts';
import { parsePrincipal, principalKey } from '../rules/arn.ts';
import { listAllowing } from '../rules/authorizer.ts';
import { MASTERS } from '../rules/keyholders.ts';
import { wordBinding, wordRole } from '../rules/subject-names.ts';
import { isOpen, listRendered } from '../rules/usernames.ts';
import { policyCovers } from './held.ts';
import { wouldAllow } from './own-bindings.ts';
import type { Question } from './question.ts';

export interface Judged {
  readonly allowing: readonly Grant[];
  /** A policy reaches there, and AWS does not publish whether it allows the request. */
  readonly isUndecided: boolean;
  /** Grants that allow it in some namespaces, where it is asked for all. */
  readonly inPart: readonly Grant[];
}

/** Everything is looked up once, for a cluster may have thousands of holders. */
export function openAllowing(question: Question): (row: Access) => Judged {
  const { facts, ask } = question;
  const isForAll = ask.isNamespaced && ask.request.namespace === '';
  const allowing = new Set(listAllowing(question.rbac, ask.request).map(({ binding }) => binding.evidence.id));
  const bindings = facts.bindings.filter(({ evidence }) => allowing.has(evidence.id));
  const inPart = new Set(isForAll ? listInPart(question).map(({ evidence }) => evidence.id) : []);
  const doors = indexDoors(facts.mappings);
  const mayHold = openPreview(facts, new Set([...allowing, ...inPart]));
  return (row) => {
    if (!mayHold(row, doors)) return NOTHING;
    const mappings = row.holder.kind === 'iam' ? (doors.get(principalKey(parsePrincipal(row.holder.name))) ?? []) : [];
    const policies = mappings.flatMap((mapping) => mapping.policies);
    const covering = policies.filter(({ scope }) => policyCovers(scope, ask));
    const says =
      (answer: string) =>
      (name: string): boolean =>
        policyAnswers(name, ask.request) === answer;
    const named = new Set(covering.map(({ name }) => name).filter(says('yes')));
    const partly = new Set(isForAll ? policies.map(({ name }) => name).filter(says('yes')) : []);
    return {
      allowing: [
        ...row.grants.filter(
          (grant) =>
            isMasters(grant) || (isPolicyAt(grant, question) && named.has(grant.detail)) || isOf(grant, allowing),
        ),
        ...mappings.flatMap((mapping) => listChosenGroups(mapping, bindings)),
      ],
      isUndecided: covering.some(({ name }) => says('unknown')(name)),
      inPart: row.grants.filter(
        (grant) => (grant.via === 'access-policy' && partly.has(grant.detail)) || isOf(grant, inPart),
      ),
    };
  };
}

const NOTHING: Judged = { allowing: [], isUndecided: false, inPart: [] };

type Doors = ReadonlyMap<string, readonly Mapping[]>;

/** False only for a holder none of whose bindings allows it: most are that, and their grants need not be put together. */
function openPreview(facts: Facts, allowing: ReadonlySet<string | null>): (row: Access, doors: Doors) => boolean {
  const isBound = (subject: string): boolean =>
    (facts.bindingsBySubject.get(subject) ?? []).some(({ evidence }) => allowing.has(evidence.id));
  const isForAll = isBound('Group/system:authenticated');
  const mayOpen = ({ policies, identity: { username, groups } }: Mapping): boolean =>
    policies.length > 0 ||
    isOpen(username) ||
    isBound(`User/${username}`) ||
    groups.some((group) => group === MASTERS || isOpen(group) || isBound(`Group/${group}`));
  return ({ holder: { kind, name } }, doors) => {
    switch (kind) {
      case 'service-account':
        return isBound(`ServiceAccount/${name}`);
      case 'kubernetes-user':
        return isBound(`User/${name}`);
      case 'kubernetes-group':
        return name === MASTERS || isBound(`Group/${name}`);
      case 'iam': {
        const own = doors.get(principalKey(parsePrincipal(name)));
        return own === undefined || isForAll || own.some(mayOpen);
      }
      default:
        return true;
    }
  };
}

function listInPart({ facts, ask }: Question): readonly ResolvedBinding[] {
  const known = new Map<ResolvedBinding['resolvedRole'], boolean>();
  return facts.bindings.filter((binding) => {
    if (binding.namespace === null) return false;
    const answer = known.get(binding.resolvedRole) ?? wouldAllow(binding, ask.request);
    known.set(binding.resolvedRole, answer);
    return answer;
  });
}

/** Doors that work, by principal. */
function indexDoors(mappings: readonly Mapping[]): Doors {
  const doors = new Map<string, Mapping[]>();
  for (const mapping of mappings) {
    if (mapping.inert !== null) continue;
    const key = principalKey(mapping.principal);
    const known = doors.get(key);
    if (known === undefined) doors.set(key, [mapping]);
    else known.push(mapping);
  }
  return doors;
}

function isMasters({ detail, level, via }: Grant): boolean {
  return detail === `group ${MASTERS}` && level === 'cluster-admin' && via !== 'rbac';
}

/** A policy gives a grant for each namespace that it names. */
function isPolicyAt({ via, scope }: Grant, { ask }: Question): boolean {
  if (via !== 'access-policy') return false;
  if (scope === 'cluster') return true;
  const namespaces = [scope.slice('namespace:'.length)];
  return policyCovers({ type: 'namespace', namespaces }, ask);
}

function isOf({ evidence }: Grant, bindings: ReadonlySet<string | null>): boolean {
  return evidence.some(({ source, id }) => source === 'rbac' && bindings.has(id));
}

/** Groups that the caller chooses by a session name: the rows of holders know fixed ones alone. */
function listChosenGroups(mapping: Mapping, bindings: readonly ResolvedBinding[]): readonly Grant[] {
  const templates = mapping.identity.groups.filter(isOpen);
  if (templates.length === 0) return [];
  const groups = bindings.flatMap(({ subjects }) =>
    subjects.filter(({ kind }) => kind === 'Group').map(({ name }) => name),
  );
  const chosen = new Set(listRendered(templates, [...groups, MASTERS]));
  const via: Via = mapping.via === 'access-entry' ? 'access-entry-group' : mapping.via;
  const grants = bindings.flatMap((binding): readonly Grant[] => {
    const group = binding.subjects.find(({ kind, name }) => kind === 'Group' && chosen.has(name))?.name;
    if (group === undefined) return [];
    const role = wordRole({ ...binding.role, namespace: null });
    return [
      {
        via,
        detail: `group ${group}, a name that the caller chooses, ${wordBinding(binding)} to ${role}`,
        scope: binding.namespace === null ? 'cluster' : `namespace:${binding.namespace}`,
        level: binding.level,
        reason: binding.reason,
        since: null,
        evidence: [...mapping.evidence, binding.evidence],
      },
    ];
  });
  return chosen.has(MASTERS) ? [tellMasters(mapping, via), ...grants] : grants;
}

function tellMasters({ evidence }: Mapping, via: Via): Grant {
  return {
    via,
    detail: `group ${MASTERS}, a name that the caller chooses`,
    scope: 'cluster',
    level: 'cluster-admin',
    reason: 'system:masters bypasses RBAC altogether',
    since: null,
    evidence,
  };
}
