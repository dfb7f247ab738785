/** Evidence of an account and a call to IAM into the evidence as the call left it. */
import type { AccountEvidence } from '../model/evidence.ts';
import type { IamAccount, IamRole, IamUser, PolicyDocument } from '../model/iam.ts';
import type { CloudTrailEvent } from '../model/records.ts';
import { arnKey, parsePrincipal } from '../rules/arn.ts';
import { findManagedPolicy } from '../rules/aws-managed-policies.ts';
import { parsePolicyDocument } from '../rules/iam-policy.ts';
import { isoTime } from '../rules/time.ts';
import { fieldIn, textIn } from './json-fields.ts';

/** The call succeeded, in this account. Where IAM was not read, it stays so. */
export function applyIamCall(account: AccountEvidence, call: CloudTrailEvent): AccountEvidence {
  const { iam } = account;
  if (iam === null || call.principalArn === null) return account;
  const next = applyTo(iam, call, arnKey(call.principalArn));
  return next === iam ? account : { ...account, iam: next };
}

function applyTo(iam: IamAccount, call: CloudTrailEvent, key: string): IamAccount {
  const isOther = ({ principal }: IamRole | IamUser): boolean => arnKey(principal.arn) !== key;
  switch (call.eventName) {
    case 'DeleteRole':
      return { ...iam, roles: iam.roles.filter(isOther) };
    case 'DeleteUser':
      return { ...iam, users: iam.users.filter(isOther) };
    case 'CreateRole':
      return { ...iam, roles: [...iam.roles.filter(isOther), makeRole(call)] };
    case 'CreateUser':
      return { ...iam, users: [...iam.users.filter(isOther), makeUser(call)] };
    case 'UpdateAssumeRolePolicy': {
      const trust = readDocument(call, 'trust policy');
      return changeRole(iam, key, (role) => ({ ...role, trust, trustBefore: role.trustBefore ?? role.trust }));
    }
    default:
      return changePolicies(iam, key, call);
  }
}

function changePolicies(iam: IamAccount, key: string, call: CloudTrailEvent): IamAccount {
  const change = policyChange(call);
  if (change === null) return iam;
  return {
    ...iam,
    roles: iam.roles.map((role) => (arnKey(role.principal.arn) === key ? change(role) : role)),
    users: iam.users.map((user) => (arnKey(user.principal.arn) === key ? change(user) : user)),
  };
}

type PolicyHolder = Pick<IamRole, 'policies' | 'unreadPolicies'>;

/** null for a call that changes no policy of a role or user. */
function policyChange(call: CloudTrailEvent): (<Holder extends PolicyHolder>(holder: Holder) => Holder) | null {
  const { eventName, request } = call;
  const name = textIn(request, 'policyName');
  const arn = textIn(request, 'policyArn');
  if (/^Put(?:Role|User)Policy$/.test(eventName) && name !== null) {
    const document = readDocument(call, name);
    return (holder) => ({ ...holder, policies: [...holder.policies.filter((p) => !isInline(p, name)), document] });
  }
  if (/^Delete(?:Role|User)Policy$/.test(eventName) && name !== null)
    return (holder) => ({ ...holder, policies: holder.policies.filter((p) => !isInline(p, name)) });
  if (/^Attach(?:Role|User)Policy$/.test(eventName) && arn !== null) return (holder) => attach(holder, arn);
  if (/^Detach(?:Role|User)Policy$/.test(eventName) && arn !== null)
    return (holder) => ({
      ...holder,
      policies: holder.policies.filter((policy) => policy.arn !== arn),
      unreadPolicies: holder.unreadPolicies.filter((unread) => unread !== nameOf(arn)),
    });
  return null;
}

/** The text of a policy of the customer's own is known only where somebody else holds it already. */
function attach<Holder extends PolicyHolder>(holder: Holder, arn: string): Holder {
  const policy = findManagedPolicy(arn);
  if (holder.policies.some((held) => held.arn === arn)) return holder;
  if (policy !== null) return { ...holder, policies: [...holder.policies, policy] };
  return { ...holder, unreadPolicies: [...new Set([...holder.unreadPolicies, nameOf(arn)])] };
}

function isInline(policy: PolicyDocument, name: string): boolean {
  return policy.arn === null && policy.name === name;
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function changeRole(iam: IamAccount, key: string, change: (role: IamRole) => IamRole): IamAccount {
  return { ...iam, roles: iam.roles.map((role) => (arnKey(role.principal.arn) === key ? change(role) : role)) };
}

/** A document that is not understood allows nothing that we could know of: its statements are none. */
function readDocument({ request }: CloudTrailEvent, name: string): PolicyDocument {
  const stated = fieldIn(request, 'policyDocument') ?? fieldIn(request, 'assumeRolePolicyDocument');
  return parsePolicyDocument(stated, name, null).document;
}

function makeRole(call: CloudTrailEvent): IamRole {
  const role = { ...makePrincipal(call, 'role'), kind: 'role' } as const;
  return { ...role, trust: readDocument(call, 'trust policy'), instanceProfiles: [], lastUsedAt: null };
}

function makeUser(call: CloudTrailEvent): IamUser {
  return { ...makePrincipal(call, 'user'), kind: 'user', groups: [] };
}

function makePrincipal({ principalArn, response, at, evidence }: CloudTrailEvent, type: 'role' | 'user') {
  const answered = fieldIn(response, type);
  const arn = textIn(answered, 'arn') ?? principalArn ?? '';
  return {
    principal: parsePrincipal(arn, textIn(answered, type === 'role' ? 'roleId' : 'userId')),
    createdAt: isoTime(fieldIn(answered, 'createDate')) ?? at,
    policies: [],
    unreadPolicies: [],
    boundary: null,
    tags: {},
    evidence,
  };
}
