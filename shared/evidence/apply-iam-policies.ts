/** Users and roles of an account and a call that gives or takes a policy into the same as the call left them. */
import type { IamAccount } from '../model/iam.ts';
import type { CloudTrailEvent } from '../model/records.ts';
import { addToGroup, attachToGroup, chooseVersion, makePolicy, makeVersion, putInGroup } from './apply-iam-groups.ts';
import { type AppliedIam, joinApplied, readDocument } from './iam-document.ts';
import { addPolicies, changeEntity, findBoundary, isInline, nameOf, takePolicy, unite } from './iam-holders.ts';
import { textIn } from './json-fields.ts';

type Apply = (iam: IamAccount, call: CloudTrailEvent) => AppliedIam;

/** By the name of the call; any other leaves everything as it was. */
export function applyIamPolicies(iam: IamAccount, call: CloudTrailEvent): AppliedIam {
  return APPLIES.get(call.eventName)?.(iam, call) ?? { iam, unknown: [], skips: [] };
}

const APPLIES: ReadonlyMap<string, Apply> = new Map([
  ['PutRolePolicy', putInline],
  ['PutUserPolicy', putInline],
  ['DeleteRolePolicy', deleteInline],
  ['DeleteUserPolicy', deleteInline],
  ['AttachRolePolicy', attachManaged],
  ['AttachUserPolicy', attachManaged],
  ['DetachRolePolicy', detachManaged],
  ['DetachUserPolicy', detachManaged],
  ['PutRolePermissionsBoundary', putBoundary],
  ['PutUserPermissionsBoundary', putBoundary],
  ['DeleteRolePermissionsBoundary', dropBoundary],
  ['DeleteUserPermissionsBoundary', dropBoundary],
  ['PutGroupPolicy', putInGroup],
  ['AttachGroupPolicy', attachToGroup],
  ['AddUserToGroup', addToGroup],
  ['CreatePolicy', makePolicy],
  ['CreatePolicyVersion', makeVersion],
  ['SetDefaultPolicyVersion', chooseVersion],
]);

function putInline(iam: IamAccount, call: CloudTrailEvent): AppliedIam {
  const name = textIn(call.request, 'policyName') ?? 'inline policy';
  const { document, unread, skips } = readDocument(call, name, null);
  const applied = changeEntity(iam, call, (holder) => ({
    ...holder,
    policies: [...holder.policies.filter((policy) => !isInline(policy, name)), document],
    unreadPolicies: unite(
      holder.unreadPolicies.filter((known) => known !== name),
      unread,
    ),
  }));
  return joinApplied(applied, { skips });
}

function deleteInline(iam: IamAccount, call: CloudTrailEvent): AppliedIam {
  const name = textIn(call.request, 'policyName') ?? '';
  return changeEntity(iam, call, (holder) => ({
    ...holder,
    policies: holder.policies.filter((policy) => !isInline(policy, name)),
  }));
}

function attachManaged(iam: IamAccount, call: CloudTrailEvent): AppliedIam {
  const given = takePolicy(iam, call);
  return joinApplied(
    changeEntity(iam, call, (holder) => addPolicies(holder, given)),
    given,
  );
}

function detachManaged(iam: IamAccount, call: CloudTrailEvent): AppliedIam {
  const arn = textIn(call.request, 'policyArn') ?? '';
  return changeEntity(iam, call, (holder) => ({
    ...holder,
    policies: holder.policies.filter((policy) => policy.arn !== arn),
    unreadPolicies: holder.unreadPolicies.filter((unread) => unread !== nameOf(arn)),
  }));
}

function putBoundary(iam: IamAccount, call: CloudTrailEvent): AppliedIam {
  const boundary = findBoundary(iam, textIn(call.request, 'permissionsBoundary') ?? '');
  const applied = changeEntity(iam, call, (holder) => ({ ...holder, boundary }));
  return joinApplied(applied, { unknown: boundary === 'unread' ? [`the boundary of ${call.eventName}`] : [] });
}

function dropBoundary(iam: IamAccount, call: CloudTrailEvent): AppliedIam {
  return changeEntity(iam, call, (holder) => ({ ...holder, boundary: null }));
}
