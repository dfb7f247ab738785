/** The ARN given with --as into whether IAM, as far as it was read, lets it make a call. */
import type { AccountEvidence } from '../model/evidence.ts';
import type { Facts } from '../model/facts.ts';
import type { IamRole, IamUser } from '../model/iam.ts';
import type { Principal } from '../model/principal.ts';
import type { Standing } from '../model/recovery.ts';
import { parseArn, parsePrincipal, principalKey } from '../rules/arn.ts';
import { type ClusterCall, decideClusterCall } from '../rules/cluster-calls.ts';
import { decideAssumeRole } from '../rules/iam-evaluator.ts';
import type { Resource } from '../rules/iam-matching.ts';
import { findIamEntity } from '../rules/iam-roles.ts';

export interface Caller {
  /** As given; null without --as. */
  readonly arn: string | null;
  readonly principal: Principal | null;
  readonly entity: IamRole | IamUser | null;
  /** True for a session, which may carry a policy of its own. */
  readonly isSession: boolean;
  /** False only where its account was read in whole and does not hold it. */
  readonly exists: boolean | null;
}

export interface Call extends ClusterCall {
  readonly resource: Resource;
}

export interface Verdict {
  readonly answer: Standing;
  readonly because: string;
}

const CALLERS: ReadonlySet<string> = new Set(['role', 'user', 'root']);

/** True for the ARN of a role, a session of one, a user or the root user: for whoever can run a command. */
export function isIamCaller(arn: string): boolean {
  return CALLERS.has(parsePrincipal(arn).type);
}

export function resolveCaller(arn: string | null, accounts: readonly AccountEvidence[]): Caller {
  if (arn === null) return { arn, principal: null, entity: null, isSession: false, exists: null };
  const principal = parsePrincipal(arn);
  const entity = findIamEntity(accounts, principal);
  const home = accounts.find(({ account }) => account === principal.account);
  const isWhole =
    home?.iam != null && home.coverage.every(({ source, status }) => source !== 'iam' || status === 'complete');
  const exists = principal.type === 'root' || entity !== null ? true : isWhole ? false : null;
  return { arn, principal: entity?.principal ?? principal, entity, isSession: isSession(arn), exists };
}

function isSession(arn: string): boolean {
  return parseArn(arn)?.resource.startsWith('assumed-role/') ?? false;
}

/** All calls together: one that is refused is enough for a no. */
export function decideCalls(caller: Caller, calls: readonly Call[], facts: Facts): Verdict {
  const { principal, entity } = caller;
  if (principal === null) return { answer: 'unknown', because: 'who will run the commands is not known (no --as)' };
  const { account } = facts.cluster;
  if (principal.account !== account)
    return {
      answer: 'no',
      because: `EKS and IAM of account ${account} take no calls from account ${principal.account}`,
    };
  if (caller.exists === false) return { answer: 'no', because: `${principal.arn} does not exist` };
  if (principal.type === 'root') return limit(caller, 'the root user may make every call', facts);
  if (entity === null) return { answer: 'unknown', because: `the policies of ${principal.arn} were not read` };
  const target = { cluster: facts.cluster, findOrganization: organizationOf(facts) };
  const answers = calls.map((call) => ({ call, answer: decideClusterCall(entity, call, target) }));
  const refused = answers.find(({ answer }) => answer.decision === 'no');
  if (refused !== undefined) return { answer: 'no', because: `${refused.call.action}: ${refused.answer.because}` };
  const open = answers.find(({ answer }) => answer.decision !== 'yes');
  if (open !== undefined) {
    return { answer: 'unknown', because: `${open.call.action}: only if ${open.answer.condition ?? 'more is known'}` };
  }
  return limit(caller, `the IAM policies of ${principal.arn} allow it`, facts);
}

/** Whether the caller can become the role. */
export function decideBecoming(caller: Caller, role: IamRole | null, facts: Facts): Verdict {
  if (caller.principal === null)
    return { answer: 'unknown', because: 'who will run the commands is not known (no --as)' };
  if (role === null) return { answer: 'unknown', because: 'the trust policy of the role was not read' };
  if (principalKey(caller.principal) === principalKey(role.principal))
    return { answer: 'yes', because: 'it is the caller' };
  if (caller.entity === null) {
    return { answer: 'unknown', because: `the policies of ${caller.principal.arn} were not read` };
  }
  const answer = decideAssumeRole({ caller: caller.entity, role, findOrganization: organizationOf(facts) });
  if (answer.decision === 'no') return { answer: 'no', because: answer.because };
  if (answer.decision !== 'yes')
    return { answer: 'unknown', because: `only if ${answer.condition ?? 'more is known'}` };
  return limit(caller, answer.because, facts);
}

/** What IAM policies allow, a policy of the organisation or of the session may still refuse. */
function limit({ principal, isSession }: Caller, because: string, facts: Facts): Verdict {
  const id = principal === null ? null : organizationOf(facts)(principal.account);
  if (id !== null) {
    return {
      answer: 'unknown',
      because: `${because}; a service control policy of organisation ${id}, not read, may refuse`,
    };
  }
  if (isSession) return { answer: 'unknown', because: `${because}; a policy of the session, not read, may refuse` };
  if (!isOrganizationKnown(facts)) {
    const unread = 'whether an organisation has a service control policy that refuses it was not read';
    return { answer: 'unknown', because: `${because}; ${unread}` };
  }
  return { answer: 'yes', because };
}

function organizationOf({ accounts }: Facts): (account: string) => string | null {
  return (account) =>
    accounts.find(
      ({ account: own, organization }) =>
        // Whoever may describe an organisation is a member of it, even where its accounts are not listed.
        (own === account && organization !== null) || organization?.accounts.some((other) => other.account === account),
    )?.organization?.id ?? null;
}

/** `disabled`: the account belongs to none. */
function isOrganizationKnown({ coverage }: Facts): boolean {
  return coverage.some(
    ({ source, status }) => source === 'organizations' && (status === 'complete' || status === 'disabled'),
  );
}
