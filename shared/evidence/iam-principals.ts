/** One role or user of the account details into its normal form. */
import type { IamRole, IamUser, PolicyDocument } from '../model/iam.ts';
import { parsePrincipal } from '../rules/arn.ts';
import { parsePolicyDocument } from '../rules/iam-policy.ts';
import { isoTime } from '../rules/time.ts';
import { type IamItem, type PolicyShelf, readHeldPolicies } from './iam-policies.ts';
import { fieldIn, itemsIn, textIn, textsIn } from './json-fields.ts';
import type { SkipTally } from './skip-tally.ts';

export interface PrincipalContext {
  readonly shelf: PolicyShelf;
  readonly tally: SkipTally;
}

export function parseIamRole(item: IamItem, context: PrincipalContext): IamRole | null {
  const base = parseBase(item, 'role', context);
  if (base === null) return null;
  const { policies, unread } = readHeldPolicies(item, 'RolePolicyList', readers(context));
  const trust = parsePolicyDocument(fieldIn(item.value, 'AssumeRolePolicyDocument'), 'trust policy', null);
  for (const problem of trust.problems) {
    context.tally.add(`a trust policy that is not understood: ${problem}`, item.value, { line: item.line });
  }
  return {
    ...base,
    kind: 'role',
    policies,
    unreadPolicies: unread,
    trust: trust.document,
    instanceProfiles: (itemsIn(item.value, 'InstanceProfileList') ?? [])
      .map((profile) => textIn(profile, 'Arn') ?? textIn(profile, 'InstanceProfileName'))
      .filter((name) => name !== null),
    lastUsedAt: isoTime(fieldIn(fieldIn(item.value, 'RoleLastUsed'), 'LastUsedDate')),
  };
}

export function parseIamUser(item: IamItem, context: PrincipalContext): IamUser | null {
  const base = parseBase(item, 'user', context);
  if (base === null) return null;
  const own = readHeldPolicies(item, 'UserPolicyList', readers(context));
  const groups = textsIn(item.value, 'GroupList');
  const held = [own, ...groups.map(context.shelf.policiesOfGroup)];
  return {
    ...base,
    kind: 'user',
    groups,
    policies: held.flatMap((part) => part.policies),
    unreadPolicies: held.flatMap((part) => part.unread),
  };
}

function readers({ shelf, tally }: PrincipalContext) {
  return { findPolicy: shelf.findPolicy, tally };
}

const IAM_ARN = /^arn:[^:]+:iam::\d{12}:/;

/** What roles and users have in common; null for an item that names neither. */
function parseBase({ value, file, line }: IamItem, type: 'role' | 'user', { shelf, tally }: PrincipalContext) {
  const arn = textIn(value, 'Arn') ?? '';
  const principal = parsePrincipal(arn, textIn(value, type === 'role' ? 'RoleId' : 'UserId'));
  if (principal.type !== type || principal.name === '' || !IAM_ARN.test(arn)) {
    tally.add(`expected the details of a ${type} with its Arn`, value, { line });
    return null;
  }
  return {
    principal,
    createdAt: isoTime(fieldIn(value, 'CreateDate')),
    boundary: readBoundary(value, shelf.findPolicy),
    tags: readTags(value),
    evidence: { source: 'iam', id: arn, at: null, file, line } as const,
  };
}

function readBoundary(
  value: unknown,
  findPolicy: (arn: string) => PolicyDocument | null,
): PolicyDocument | 'unread' | null {
  const boundary = fieldIn(value, 'PermissionsBoundary');
  if (boundary === undefined || boundary === null) return null;
  const arn = textIn(boundary, 'PermissionsBoundaryArn');
  return (arn === null ? null : findPolicy(arn)) ?? 'unread';
}

function readTags(value: unknown): Readonly<Record<string, string>> {
  const pairs: [string, string][] = [];
  for (const tag of itemsIn(value, 'Tags') ?? []) {
    const key = textIn(tag, 'Key');
    const text = fieldIn(tag, 'Value');
    if (key !== null && typeof text === 'string') pairs.push([key, text]);
  }
  return Object.fromEntries(pairs);
}
