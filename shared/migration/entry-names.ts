/** The username and groups of a row into those that EKS takes for an entry, or the reason why it takes none. */
import type { Mapping } from '../model/access.ts';
import type { BlockReason, PlannedBinding, PlannedPolicy } from '../model/migration.ts';
import { listBoundNames } from '../rules/effective-access.ts';
import { MASTERS } from '../rules/keyholders.ts';
import { accessPolicyArn } from '../rules/remedies.ts';
import { isOpen, listRendered } from '../rules/usernames.ts';
import type { Situation } from './question.ts';

export interface EntryNames {
  readonly username: string | null;
  readonly groups: readonly string[];
  readonly policies: readonly PlannedPolicy[];
  readonly bindings: readonly PlannedBinding[];
}

export interface Refusal {
  readonly reason: BlockReason;
  /** A whole sentence. */
  readonly because: string;
  readonly advice: string;
  readonly commands?: readonly string[];
}

/** Everybody who is logged in has it. */
const AUTHENTICATED = 'system:authenticated';

export function planNames(mapping: Mapping, situation: Situation): EntryNames | Refusal {
  const groups = mapping.identity.groups.map((group) => fillAccount(group, mapping)).filter((group) => group !== '');
  const template = groups.find(isOpen);
  if (template !== undefined) return refuseTemplate(template);
  const own = [...new Set(groups.filter((group) => !group.startsWith('system:')))];
  if (groups.includes(MASTERS)) {
    const name = 'AmazonEKSClusterAdminPolicy';
    const policyArn = accessPolicyArn(situation.facts.cluster, name);
    const policies: readonly PlannedPolicy[] = [{ name, policyArn, scope: { type: 'cluster' } }];
    return { username: carryUsername(mapping), groups: own, policies, bindings: [] };
  }
  const system = groups.filter((group) => group.startsWith('system:') && group !== AUTHENTICATED);
  const user = planUsername(mapping, situation);
  if ('reason' in user) return user;
  const [first] = system;
  if (first !== undefined && situation.rbacGap !== null) return refuseUnread(`group ${first}`, situation);
  const stand = [
    ...system.map((group) => situation.substitutes('Group', group)),
    ...(user.standsFor === null ? [] : [situation.substitutes('User', user.standsFor)]),
  ];
  return {
    username: user.username,
    groups: [...own, ...new Set(stand.flatMap(({ group }) => group ?? []))],
    policies: joinPolicies(stand.flatMap(({ policies }) => policies)),
    bindings: stand.flatMap(({ bindings }) => bindings),
  };
}

/** The account of a row is always the same, so its template says no more than the number. */
export function fillAccount(text: string, { principal }: Pick<Mapping, 'principal'>): string {
  return text.replaceAll('{{AccountID}}', () => principal.account);
}

const RESERVED = /^(?:system|eks|aws|amazon|iam):/i;
const SESSION = /\{\{SessionName(?:Raw)?\}\}/g;

/** null where EKS refuses it, and its own has to do. */
function carryUsername(mapping: Mapping): string | null {
  const username = fillAccount(mapping.identity.username, mapping);
  if (username === '' || RESERVED.test(username)) return null;
  if (isOpen(username.replace(SESSION, ''))) return null;
  if (!isOpen(username)) return username;
  return mapping.principal.type === 'role' && /^[^{]*:/.test(username) ? username : null;
}

interface PlannedUsername {
  readonly username: string | null;
  /** A fixed name of which the bindings go to a group. */
  readonly standsFor: string | null;
}

function planUsername(mapping: Mapping, situation: Situation): PlannedUsername | Refusal {
  const username = carryUsername(mapping);
  if (username !== null) return { username, standsFor: null };
  const before = fillAccount(mapping.identity.username, mapping);
  if (situation.rbacGap !== null) return refuseUnread(`username ${before === '' ? '(none)' : before}`, situation);
  if (!isOpen(before)) return { username: null, standsFor: before === '' ? null : before };
  const bound = listRendered([before], listBoundNames(situation.rbac, 'User'));
  if (bound.length === 0) return { username: null, standsFor: null };
  return {
    reason: 'username-template',
    because: `EKS takes no entry with username ${before}, and bindings name ${bound.slice(0, 3).join(', ')}, which a session can come out as.`,
    advice: 'Bind a group in the place of these users, or put a word and a colon in front of the session name.',
  };
}

function refuseTemplate(template: string): Refusal {
  return {
    reason: 'group-template',
    because: `Its group ${template} is filled in at each login, and the groups of an entry are taken as they stand.`,
    advice: 'Make a role for each group, with a group that is fixed, and map those.',
  };
}

function refuseUnread(what: string, { rbacGap }: Situation): Refusal {
  return {
    reason: 'rbac-not-read',
    because: `EKS takes no entry with ${what}, and what is bound to it is not known: ${rbacGap?.reason ?? 'rbac was not read'}.`,
    advice: 'Add rbac.json to the evidence, and plan again.',
  };
}

/** A policy is associated once with an entry. */
function joinPolicies(policies: readonly PlannedPolicy[]): readonly PlannedPolicy[] {
  const joined = new Map<string, PlannedPolicy>();
  for (const policy of policies) {
    const known = joined.get(policy.name)?.scope;
    if (known === undefined || policy.scope.type === 'cluster') joined.set(policy.name, policy);
    else if (known.type === 'namespace') {
      const namespaces = [...new Set([...known.namespaces, ...policy.scope.namespaces])].sort();
      joined.set(policy.name, { ...policy, scope: { type: 'namespace', namespaces } });
    }
  }
  return [...joined.values()];
}
