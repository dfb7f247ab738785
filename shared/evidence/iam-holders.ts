/** Those who hold policies, and what a call gives or takes, into the same holders afterwards. */
import type { IamAccount, IamRole, IamUser, PolicyDocument } from '../model/iam.ts';
import type { CloudTrailEvent } from '../model/records.ts';
import { arnKey, parsePrincipal, principalKey } from '../rules/arn.ts';
import { findManagedPolicy } from '../rules/aws-managed-policies.ts';
import { mayMakeAdmins } from '../rules/iam-calls.ts';
import type { AppliedIam } from './iam-document.ts';
import { textIn } from './json-fields.ts';

export type Entity = IamRole | IamUser;

/**
 * Somebody whom IAM did not have when it was read was made since: what is given now is all that is known, and may be less
 * than there is.
 */
export function changeEntity(
  iam: IamAccount,
  call: CloudTrailEvent,
  change: <Holder extends Entity>(holder: Holder) => Holder,
): AppliedIam {
  const key = arnKey(call.principalArn ?? '');
  const isIt = ({ principal }: Entity): boolean => principalKey(principal) === key;
  if (iam.roles.some(isIt) || iam.users.some(isIt))
    return { iam: changeHolders(iam, isIt, change), unknown: [], skips: [] };
  if (!mayMakeAdmins(call)) return { iam, unknown: [], skips: [] };
  const unknown = [`${call.eventName} on ${call.principalArn}, which it did not have`];
  return { iam: changeHolders(addStranger(iam, call), isIt, change), unknown, skips: [] };
}

function addStranger(iam: IamAccount, { principalArn, at, evidence }: CloudTrailEvent): IamAccount {
  const principal = parsePrincipal(principalArn ?? '');
  const made = { principal, createdAt: at, policies: [], unreadPolicies: [], boundary: null, tags: {}, evidence };
  if (principal.type === 'user') return { ...iam, users: [...iam.users, { ...made, kind: 'user', groups: [] }] };
  if (principal.type !== 'role') return iam;
  const trust = { name: 'trust policy', arn: null, statements: [] };
  const role: IamRole = { ...made, kind: 'role', trust, instanceProfiles: [], lastUsedAt: null };
  return { ...iam, roles: [...iam.roles, role] };
}

export function changeHolders(
  iam: IamAccount,
  isIt: (holder: Entity) => boolean,
  change: <Holder extends Entity>(holder: Holder) => Holder,
): IamAccount {
  return {
    ...iam,
    roles: iam.roles.map((role) => (isIt(role) ? change(role) : role)),
    users: iam.users.map((user) => (isIt(user) ? change(user) : user)),
  };
}

/** `arn` as the call names it; null: none. */
export function findBoundary(iam: IamAccount, arn: string | null): IamRole['boundary'] {
  return arn === null ? null : (findText(iam, arn) ?? 'unread');
}

export type Given = Pick<Entity, 'policies' | 'unreadPolicies'>;

/** Of a policy of AWS that is none of those by which somebody comes to a cluster, nothing has to be read again. */
export function takePolicy(iam: IamAccount, call: CloudTrailEvent): Given & Pick<AppliedIam, 'unknown'> {
  const arn = textIn(call.request, 'policyArn') ?? '';
  const document = findText(iam, arn);
  if (document !== null) return { policies: [document], unreadPolicies: [], unknown: [] };
  const unknown = mayMakeAdmins(call) ? [`the text of policy ${nameOf(arn)} (${call.eventName})`] : [];
  return { policies: [], unreadPolicies: [nameOf(arn)], unknown };
}

function findText(iam: IamAccount, arn: string): PolicyDocument | null {
  return iam.policies?.find((policy) => policy.arn === arn)?.document ?? findManagedPolicy(arn);
}

export function addPolicies<Holder extends Given>(holder: Holder, given: Given): Holder {
  const fresh = given.policies.filter(({ arn }) => arn === null || !holder.policies.some((held) => held.arn === arn));
  return {
    ...holder,
    policies: [...holder.policies, ...fresh],
    unreadPolicies: unite(holder.unreadPolicies, given.unreadPolicies),
  };
}

export function unite(known: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...known, ...more])];
}

export function isInline(policy: PolicyDocument, name: string): boolean {
  return policy.arn === null && policy.name === name;
}

export function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
