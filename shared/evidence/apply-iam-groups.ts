/** Groups and managed policies of an account and a call on one of them into the same as the call left them, and all who hold by it. */
import type { IamAccount, IamGroup, ManagedPolicy } from '../model/iam.ts';
import type { CloudTrailEvent } from '../model/records.ts';
import { parsePolicyDocument } from '../rules/iam-policy.ts';
import { type AppliedIam, joinApplied, readDocument } from './iam-document.ts';
import {
  addPolicies,
  changeEntity,
  changeHolders,
  type Entity,
  type Given,
  isInline,
  nameOf,
  takePolicy,
  unite,
} from './iam-holders.ts';
import { fieldIn, textIn } from './json-fields.ts';

/** Its members hold the very documents of their group, which tells them from their own of the same name. */
export function putInGroup(iam: IamAccount, call: CloudTrailEvent): AppliedIam {
  const group = findGroup(iam, call);
  const name = textIn(call.request, 'policyName') ?? 'inline policy';
  const { document, unread, skips } = readDocument(call, name, null);
  const replaced = group.policies.find((policy) => isInline(policy, name));
  const change = <Holder extends Given>(holder: Holder): Holder =>
    addPolicies(
      { ...holder, policies: holder.policies.filter((policy) => policy !== replaced) },
      { policies: [document], unreadPolicies: unread },
    );
  return { iam: changeGroup(iam, group, change), unknown: [], skips };
}

export function attachToGroup(iam: IamAccount, call: CloudTrailEvent): AppliedIam {
  const given = takePolicy(iam, call);
  const changed = changeGroup(iam, findGroup(iam, call), (holder) => addPolicies(holder, given));
  return joinApplied({ iam: changed, unknown: [], skips: [] }, given);
}

export function addToGroup(iam: IamAccount, call: CloudTrailEvent): AppliedIam {
  const group = findGroup(iam, call);
  const applied = changeEntity(iam, call, (holder) => ({
    ...addPolicies(holder, group),
    ...(holder.kind === 'user' ? { groups: unite(holder.groups, [group.name]) } : {}),
  }));
  return joinApplied(applied, { unknown: group.unreadPolicies.map((name) => `${call.eventName}: ${name}`) });
}

/** One that was made since is not known: what else it gives, nobody has said. */
function findGroup({ groups = [] }: IamAccount, { request }: CloudTrailEvent): IamGroup {
  const name = textIn(request, 'groupName') ?? '';
  return (
    groups.find((group) => group.name === name) ?? { name, policies: [], unreadPolicies: [`policies of group ${name}`] }
  );
}

function changeGroup(
  iam: IamAccount,
  group: IamGroup,
  change: <Holder extends Given>(holder: Holder) => Holder,
): IamAccount {
  const others = (iam.groups ?? []).filter(({ name }) => name !== group.name);
  const users = iam.users.map((user) => (user.groups.includes(group.name) ? change(user) : user));
  return { ...iam, users, groups: [...others, change(group)] };
}

export function makePolicy(iam: IamAccount, call: CloudTrailEvent): AppliedIam {
  const arn = textIn(fieldIn(call.response, 'policy'), 'arn');
  if (arn === null) return { iam, unknown: ['the ARN of a new policy'], skips: [] };
  const { document, unread, skips } = readDocument(call, nameOf(arn), arn);
  const versions = new Map([['v1', fieldIn(call.request, 'policyDocument')]]);
  const made = { arn, name: nameOf(arn), document: unread.length > 0 ? null : document, versions };
  return { iam: keepPolicy(iam, made), unknown: [], skips };
}

export function makeVersion(iam: IamAccount, call: CloudTrailEvent): AppliedIam {
  const arn = textIn(call.request, 'policyArn') ?? '';
  const known = findKnown(iam, arn);
  const answered = fieldIn(call.response, 'policyVersion');
  const id = textIn(answered, 'versionId') ?? '';
  const versions = new Map([...known.versions, [id, fieldIn(call.request, 'policyDocument')]]);
  const isDefault = fieldIn(call.request, 'setAsDefault') === true || fieldIn(answered, 'isDefaultVersion') === true;
  if (!isDefault) return { iam: keepPolicy(iam, { ...known, versions }), unknown: [], skips: [] };
  const { document, unread, skips } = readDocument(call, known.name, arn);
  return {
    iam: replaceText(iam, { ...known, versions, document: unread.length > 0 ? null : document }),
    unknown: [],
    skips,
  };
}

export function chooseVersion(iam: IamAccount, call: CloudTrailEvent): AppliedIam {
  const known = findKnown(iam, textIn(call.request, 'policyArn') ?? '');
  const text = known.versions.get(textIn(call.request, 'versionId') ?? '');
  const parsed = text === undefined ? null : parsePolicyDocument(text, known.name, known.arn);
  const document = parsed === null || parsed.problems.length > 0 ? null : parsed.document;
  const unknown = document === null ? [`the version of policy ${known.name} that ${call.eventName} chose`] : [];
  return { iam: replaceText(iam, { ...known, document }), unknown, skips: [] };
}

function findKnown({ policies = [] }: IamAccount, arn: string): ManagedPolicy {
  return (
    policies.find((policy) => policy.arn === arn) ?? { arn, name: nameOf(arn), document: null, versions: new Map() }
  );
}

function keepPolicy(iam: IamAccount, policy: ManagedPolicy): IamAccount {
  return { ...iam, policies: [...(iam.policies ?? []).filter(({ arn }) => arn !== policy.arn), policy] };
}

/** Whoever holds it holds the new text. */
function replaceText(iam: IamAccount, policy: ManagedPolicy): IamAccount {
  const { arn, name, document } = policy;
  const change = <Holder extends Given>(holder: Holder): Holder => {
    if (!holder.policies.some((held) => held.arn === arn)) return holder;
    const rest = { ...holder, policies: holder.policies.filter((held) => held.arn !== arn) };
    return addPolicies(
      rest,
      document === null ? { policies: [], unreadPolicies: [name] } : { policies: [document], unreadPolicies: [] },
    );
  };
  const changed = { ...iam, groups: (iam.groups ?? []).map(change) };
  const withBoundary = <Holder extends Entity>(holder: Holder): Holder =>
    typeof holder.boundary === 'object' && holder.boundary?.arn === arn
      ? { ...change(holder), boundary: document ?? 'unread' }
      : change(holder);
  return keepPolicy(
    changeHolders(changed, () => true, withBoundary),
    policy,
  );
}
