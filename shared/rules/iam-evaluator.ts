/**
 * IAM policies into an answer: may this caller do that? Follows the documented evaluation logic as far as the policies
 * of accounts go; service control policies and session policies are not seen here and could still forbid.
 */
import type { IamRole, IamUser, PolicyDocument } from '../model/iam.ts';
import type { Caller, RequestContext } from './iam-context.ts';
import { isReached, reachCaller } from './iam-trust.ts';
import { type Answer, allOf, answerOf, anyOf, both, either, type Truth, unlessDenied } from './iam-truth.ts';
import {
  type AccessRequest,
  applyStatement,
  closeWithDenies,
  listStatementsFor,
  type OwnPolicies,
  weighOwnPolicies,
} from './iam-weighing.ts';

/** What a user's or role's own policies let it do to a resource that has no policy of its own. */
export function decideAction(caller: IamUser | IamRole, request: AccessRequest): Answer {
  const own = weighOwnPolicies(caller, request);
  return closeWithDenies(own, own.allow);
}

export interface AssumeRequest {
  readonly caller: Caller;
  readonly role: IamRole;
  readonly findOrganization?: RequestContext['findOrganization'];
}

/** Whether the caller may become the role, by the role's trust policy and, where they count, the caller's own policies. */
export function decideAssumeRole({ caller, role, findOrganization = () => null }: AssumeRequest): Answer {
  const { arn, account } = role.principal;
  const request: AccessRequest = {
    action: assumeActionOf(caller),
    resource: { arn, isCut: false },
    context: { caller, resource: { account, tags: role.tags }, findOrganization, given: new Map() },
  };
  const trust = weighTrust(role.trust, request);
  const trusted = either(trust.account, either(trust.role, trust.direct));
  if (trusted === false) return NOT_TRUSTED;
  if (caller.kind !== 'user' && caller.kind !== 'role') return decideOutsider(caller, trusted, trust.deny);
  const own = weighOwnPolicies(caller, request);
  const allow =
    caller.principal.account === account
      ? anyOf(listWays(trust, own), NOT_TRUSTED)
      : allOf(answerOf(trusted, TRUST_OF_ACCOUNT), own.allow);
  return closeWithDenies(own, unlessDenied(allow, trust.deny, DENIED_BY_TRUST));
}

/** Within one account: named directly; named as a role, held by its boundary; or by the account, through its own policies. */
function listWays({ direct, role, account }: TrustWeight, own: OwnPolicies): readonly Answer[] {
  const ways: Answer[] = [];
  if (direct !== false) ways.push(answerOf(direct, TRUST));
  if (role !== false) ways.push(allOf(answerOf(role, TRUST), own.boundary));
  if (account !== false) ways.push(allOf(answerOf(account, TRUST_OF_ACCOUNT), own.allow));
  return ways;
}

const DENIED_BY_TRUST = 'the trust policy denies it';
const NOT_TRUSTED: Answer = { decision: 'no', condition: null, because: 'the trust policy does not allow it' };
const TRUST = { yes: 'the trust policy allows it', no: NOT_TRUSTED.because };
const TRUST_OF_ACCOUNT = { yes: 'the trust policy leaves it to the policies of the caller', no: NOT_TRUSTED.because };

function assumeActionOf(caller: Caller): string {
  if (caller.kind !== 'provider') return 'sts:AssumeRole';
  return caller.name.includes(':saml-provider/') ? 'sts:AssumeRoleWithSAML' : 'sts:AssumeRoleWithWebIdentity';
}

interface TrustWeight {
  account: Truth;
  role: Truth;
  direct: Truth;
  deny: Truth;
}

function weighTrust(trust: PolicyDocument, request: AccessRequest): Readonly<TrustWeight> {
  const weight: TrustWeight = { account: false, role: false, direct: false, deny: false };
  const { caller } = request.context;
  for (const statement of listStatementsFor(trust, request.action)) {
    const applies = applyStatement(trust, statement, request);
    if (applies === false) continue;
    if (statement.effect === 'Deny') {
      weight.deny = either(weight.deny, both(isReached(statement, caller), applies));
      continue;
    }
    const reached = reachCaller(statement, caller);
    weight.account = either(weight.account, both(reached.account, applies));
    weight.role = either(weight.role, both(reached.role, applies));
    weight.direct = either(weight.direct, both(reached.direct, applies));
  }
  return weight;
}

/** Services and identity providers need no more than the trust; of strangers, nobody here knows the policies. */
function decideOutsider(caller: Exclude<Caller, IamUser | IamRole>, trusted: Truth, deny: Truth): Answer {
  const allowed = unlessDenied(answerOf(trusted, TRUST), deny, DENIED_BY_TRUST);
  if (caller.kind === 'service' || caller.kind === 'provider') return allowed;
  const whose = caller.kind === 'account' ? `account ${caller.account}` : 'the other account';
  return allOf(allowed, {
    decision: 'unknown',
    condition: `a policy of ${whose}, whose IAM was not read, allows it`,
    because: allowed.because,
  });
}
