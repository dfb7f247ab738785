/** Managed policies and groups of the account details, kept so that users and roles can be given their policies. */
import type { IamGroup, ManagedPolicy, PolicyDocument } from '../model/iam.ts';
import { findManagedPolicy } from '../rules/aws-managed-policies.ts';
import { parsePolicyDocument } from '../rules/iam-policy.ts';
import { fieldIn, itemsIn, textIn } from './json-fields.ts';
import type { SkipTally } from './skip-tally.ts';

/** One item of a list of the details, with where it stands. */
export interface IamItem {
  readonly value: unknown;
  readonly file: string;
  readonly line: number;
}

/** Policies of one principal or group, and the names of those whose text is missing or was not understood. */
export interface HeldPolicies {
  readonly policies: readonly PolicyDocument[];
  readonly unread: readonly string[];
}

export interface PolicyShelf {
  /** null when the text of the policy is not there. */
  readonly findPolicy: (arn: string) => PolicyDocument | null;
  readonly policiesOfGroup: (name: string) => HeldPolicies;
  readonly policies: readonly ManagedPolicy[];
  readonly groups: readonly IamGroup[];
}

export function indexPolicies(policies: readonly IamItem[], groups: readonly IamItem[], tally: SkipTally): PolicyShelf {
  const managed = policies.flatMap((item) => parseManagedPolicy(item, tally) ?? []);
  const byArn = new Map(managed.map((policy) => [policy.arn, policy]));
  const findPolicy = (arn: string) => byArn.get(arn)?.document ?? findManagedPolicy(arn);
  const byGroup = new Map<string, HeldPolicies>();
  for (const item of groups) {
    const name = textIn(item.value, 'GroupName');
    if (name === null) tally.add('a group without GroupName', item.value, { line: item.line });
    else byGroup.set(name, readHeldPolicies(item, 'GroupPolicyList', { findPolicy, tally }));
  }
  return {
    findPolicy,
    policiesOfGroup: (name) => byGroup.get(name) ?? { policies: [], unread: [`policies of group ${name}`] },
    policies: managed,
    groups: [...byGroup].map(([name, held]) => ({ name, policies: held.policies, unreadPolicies: held.unread })),
  };
}

/** Inline policies under `inlineList`, and attached ones. */
export function readHeldPolicies(
  item: IamItem,
  inlineList: 'GroupPolicyList' | 'RolePolicyList' | 'UserPolicyList',
  { findPolicy, tally }: { readonly findPolicy: PolicyShelf['findPolicy']; readonly tally: SkipTally },
): HeldPolicies {
  const policies: PolicyDocument[] = [];
  const unread: string[] = [];
  for (const inline of itemsIn(item.value, inlineList) ?? []) {
    const name = textIn(inline, 'PolicyName') ?? 'inline policy';
    const { document, problems } = parsePolicyDocument(fieldIn(inline, 'PolicyDocument'), name, null);
    policies.push(document);
    if (problems.length > 0) unread.push(name);
    for (const problem of problems)
      tally.add(`a policy that is not understood: ${problem}`, inline, { line: item.line });
  }
  for (const attached of itemsIn(item.value, 'AttachedManagedPolicies') ?? []) {
    const arn = textIn(attached, 'PolicyArn');
    const policy = arn === null ? null : findPolicy(arn);
    if (policy === null) unread.push(textIn(attached, 'PolicyName') ?? arn ?? 'attached policy');
    else policies.push(policy);
  }
  return { policies, unread };
}

/** The default version decides; the others are history, and may be chosen again. null when nobody can say which it is. */
function parseManagedPolicy(item: IamItem, tally: SkipTally): ManagedPolicy | null {
  const arn = textIn(item.value, 'Arn');
  if (arn === null) {
    tally.add('a managed policy without Arn', item.value, { line: item.line });
    return null;
  }
  const wanted = textIn(item.value, 'DefaultVersionId');
  const versions = itemsIn(item.value, 'PolicyVersionList') ?? [];
  const version =
    versions.find((candidate) => fieldIn(candidate, 'IsDefaultVersion') === true) ??
    versions.find((candidate) => wanted !== null && textIn(candidate, 'VersionId') === wanted);
  if (version === undefined) return null;
  const texts = versions.flatMap((one): [string, unknown][] => {
    const id = textIn(one, 'VersionId');
    return id === null ? [] : [[id, fieldIn(one, 'Document')]];
  });
  const name = textIn(item.value, 'PolicyName') ?? arn;
  const { document, problems } = parsePolicyDocument(fieldIn(version, 'Document'), name, arn);
  for (const problem of problems) {
    tally.add(`a managed policy that is not understood: ${problem}`, item.value, { line: item.line });
  }
  return { arn, name, document: problems.length > 0 ? null : document, versions: new Map(texts) };
}
