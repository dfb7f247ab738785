/** The names that an access entry gives its caller, into what is wrong with them: bound to others already, or chosen freely. */
import type { Ref } from '../model/coverage.ts';
import type { Facts } from '../model/facts.ts';
import type { Principal } from '../model/principal.ts';
import { hasFreeBeginning, isCallerControlled, matchUsernames } from './usernames.ts';

type Bindings = Facts['bindingsBySubject'];

/** What EKS writes when nobody asks for another: it can only ever name the principal itself. */
export function defaultUsername({ type, arn, partition, account, name }: Principal): string {
  return type === 'role' ? `arn:${partition}:sts::${account}:assumed-role/${name}/{{SessionName}}` : arn;
}

export interface EntryNames {
  readonly principal: Principal;
  readonly username: string;
  readonly groups: readonly string[];
}

export interface NameFault {
  /** Continues "can log in as somebody else:". */
  readonly words: string;
  /** Of the bindings that name the user already. */
  readonly evidence: readonly Ref[];
}

/**
 * Answers for one entry after another. All usernames are matched at once, for a cluster may have thousands of
 * entries and tens of thousands of bound users. `bindings` is null where RBAC was not read.
 */
export function openNameFaults(
  entries: readonly EntryNames[],
  bindings: Bindings | null,
): (entry: EntryNames) => NameFault | null {
  const custom = entries.filter(hasCustomName).map(({ username }) => username);
  const matched = matchUsernames(custom, custom.length === 0 || bindings === null ? [] : listBoundUsers(bindings));
  return (entry) => {
    const { username, groups } = entry;
    const bound = hasCustomName(entry) ? (matched.get(username) ?? []) : [];
    const words = [
      ...(hasCustomName(entry) ? wordUsername(username, bound) : []),
      ...groups.filter(isCallerControlled).map((group) => `its group is ${group}, which the caller chooses`),
    ];
    if (words.length === 0) return null;
    const evidence = bound.flatMap((name) => (bindings?.get(`User/${name}`) ?? []).map((binding) => binding.evidence));
    return { words: words.join(', and '), evidence };
  };
}

/** EKS itself names the entries of nodes, and reserves the prefix. */
function hasCustomName({ principal, username }: EntryNames): boolean {
  return username !== '' && username !== defaultUsername(principal) && !username.startsWith('system:node:');
}

function wordUsername(username: string, bound: readonly string[]): readonly string[] {
  if (hasFreeBeginning(username)) return [`its username is ${username}, which the caller chooses as a session name`];
  if (bound.length === 0) return [];
  const names = bound.slice(0, 3).join(', ') + (bound.length > 3 ? ` and ${bound.length - 3} more` : '');
  return isCallerControlled(username)
    ? [`its username is ${username}, which the caller can make come out as the bound user ${names}`]
    : [`its username is ${username}, a user that bindings of the cluster name already`];
}

function listBoundUsers(bindings: Bindings): readonly string[] {
  return [...bindings.keys()].flatMap((key) => (key.startsWith('User/') ? [key.slice('User/'.length)] : []));
}
