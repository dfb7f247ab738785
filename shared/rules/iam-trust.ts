/** The Principal and NotPrincipal of trust statements: does a statement speak of a caller, and how directly? */
import type { IamRole, IamUser, Statement } from '../model/iam.ts';
import { parseArn, parsePrincipal, principalKey } from './arn.ts';
import type { Caller } from './iam-context.ts';
import { either, opposite, type Truth } from './iam-truth.ts';

/**
 * How a statement reaches a caller. Through its `account`, the caller's own policies decide; a `role` named by ARN is
 * still held by its permissions boundary; `direct` (a user, a session, everyone) is held by explicit denies alone.
 */
export type Reach = 'account' | 'role' | 'direct';

export type Reached = Readonly<Record<Reach, Truth>>;

const NOT_REACHED: Reached = { account: false, role: false, direct: false };

type Named = Readonly<Record<string, readonly string[]>>;

export function reachCaller(statement: Statement, caller: Caller): Reached {
  if (statement.notPrincipals !== null) {
    return { ...NOT_REACHED, direct: opposite(isSpared(statement, statement.notPrincipals, caller)) };
  }
  const named = statement.principals;
  if (named === null) return NOT_REACHED;
  if (caller.kind === 'service' || caller.kind === 'provider') {
    return { ...NOT_REACHED, direct: namesOutsider(statement, named, caller) };
  }
  return {
    account: namesAccount(named, caller),
    role: caller.kind === 'role' && namesExactly(named, caller),
    direct: namesDirectly(named, caller),
  };
}

/** Whether a statement reaches the caller in any way: all that matters for a Deny. */
export function isReached(statement: Statement, caller: Caller): Truth {
  const { account, role, direct } = reachCaller(statement, caller);
  return either(account, either(role, direct));
}

function namesOf(named: Named, kind: string): readonly string[] {
  return Object.hasOwn(named, kind) ? (named[kind] ?? []) : [];
}

export function namesEveryone(named: Named): boolean {
  return namesOf(named, 'AWS').includes('*') || namesOf(named, '*').includes('*');
}

/** A `*` allows no service and no identity provider anything, but it denies them. */
function namesOutsider(
  statement: Statement,
  named: Named,
  caller: { kind: 'service' | 'provider'; name: string },
): boolean {
  const kind = caller.kind === 'service' ? 'Service' : 'Federated';
  return namesOf(named, kind).includes(caller.name) || (statement.effect === 'Deny' && namesEveryone(named));
}

type Insider = Exclude<Caller, { kind: 'service' | 'provider' }>;

/** The twelve digits and the ARN of the root mean the same. */
function namesAccount(named: Named, caller: Insider): boolean {
  if (caller.kind === 'everyone') return false;
  const account = caller.kind === 'account' ? caller.account : caller.principal.account;
  return namesOf(named, 'AWS').some((value) => value === account || isRootOf(value, account));
}

function isRootOf(value: string, account: string): boolean {
  const arn = parseArn(value);
  return arn?.service === 'iam' && arn.account === account && arn.resource === 'root';
}

/** By ARN, letter case and path and all, or by the unique id that IAM shows once the ARN means somebody else. */
function namesExactly(named: Named, { principal }: IamUser | IamRole): boolean {
  return namesOf(named, 'AWS').some((value) => value === principal.arn || value === principal.uniqueId);
}

function namesDirectly(named: Named, caller: Insider): Truth {
  if (namesEveryone(named)) return true;
  if (caller.kind === 'user') return namesExactly(named, caller);
  return caller.kind === 'role' ? namesSession(named, caller) : false;
}

function namesSession(named: Named, caller: IamRole): Truth {
  let matched: Truth = false;
  for (const value of namesOf(named, 'AWS')) {
    if (!value.includes(':assumed-role/')) continue;
    if (principalKey(parsePrincipal(value)) !== principalKey(caller.principal)) continue;
    matched = either(matched, `the session is named ${value.split('/').at(-1) ?? ''}`);
  }
  return matched;
}

/** Whether NotPrincipal takes the caller out. */
function isSpared(statement: Statement, named: Named, caller: Caller): Truth {
  if (namesEveryone(named)) return true;
  if (caller.kind === 'service' || caller.kind === 'provider') return namesOutsider(statement, named, caller);
  if (caller.kind === 'everyone') return 'NotPrincipal names the caller';
  if (caller.kind === 'account') return namesAccount(named, caller) && statement.effect === 'Allow';
  // Documented: such a Deny hits every principal that has a permissions boundary, whomever it names.
  if (statement.effect === 'Deny' && caller.boundary !== null) return false;
  if (caller.kind === 'role' && !namesExactly(named, caller)) return namesSession(named, caller);
  if (!namesExactly(named, caller)) return false;
  if (statement.effect === 'Allow' || namesAccount(named, caller)) return true;
  return `AWS spares ${caller.principal.name} although NotPrincipal does not name its account as well`;
}
