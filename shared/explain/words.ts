/** Principals, doors and grants into the words of an answer. */
import type { Mapping, ResolvedPolicy } from '../model/access.ts';
import type { PathStep } from '../model/explanation.ts';
import type { Identity, Principal } from '../model/principal.ts';
import { wordScope } from '../rules/policy-reach.ts';
import { wordBinding, wordRole } from '../rules/subject-names.ts';
import type { Way } from './held.ts';

/** "role/platform-admin". */
export function wordPrincipal({ type, name, arn }: Principal): string {
  return type === 'unknown' ? arn : type === 'root' ? 'the account root' : `${type}/${name}`;
}

export function wordDoor(door: Mapping): string {
  const { via, entry, row, principal } = door;
  if (via === 'cluster-creator') return 'the hidden mapping of the cluster creator';
  if (entry !== null) {
    const since = entry.createdAt === null ? '' : ` of ${entry.createdAt.slice(0, 10)}`;
    const type = entry.type === 'STANDARD' ? '' : ` (type ${entry.type})`;
    return `the access entry${since}${type}`;
  }
  if (row !== null) return `the row in line ${row.position.line} of aws-auth (${row.section})`;
  return `mapAccounts of aws-auth, which lists account ${principal.account}`;
}

export function wordIdentity({ username, groups }: Identity): string {
  const user = username === '' ? 'no username' : `user ${username}`;
  return groups.length === 0
    ? `${user}, no groups`
    : `${user}, ${groups.length === 1 ? 'group' : 'groups'} ${listSome(groups, 5)}`;
}

export function wordPolicy(policy: Pick<ResolvedPolicy, 'name' | 'scope'>): string {
  return `${policy.name} ${wordScope(policy.scope)}`;
}

/** Continues "may get pods, by". */
export function wordWay(way: Way): string {
  if (way.kind === 'masters') return 'group system:masters, which skips RBAC altogether';
  if (way.kind === 'policy') return wordPolicy(way.policy);
  const { binding, role } = way.allowance;
  return `${wordBinding(binding)} to ${wordRole(role)}`;
}

export function listSome(items: readonly string[], most: number): string {
  const shown = items.slice(0, most).join(', ');
  return items.length > most ? `${shown} and ${items.length - most} more` : shown;
}

export function tellStep(
  step: PathStep['step'],
  outcome: PathStep['outcome'],
  said: Pick<PathStep, 'text' | 'evidence'>,
): PathStep {
  return { step, outcome, ...said };
}
