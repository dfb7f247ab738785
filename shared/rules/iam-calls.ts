/** Calls to IAM into whether they may make somebody an admin of a cluster who was none. */
import type { CloudTrailEvent } from '../model/records.ts';
import { parsePolicyDocument } from './iam-policy.ts';
import { fieldIn, textIn } from './loose-values.ts';

/** Calls that give policies to somebody, or change what a policy says. */
export const GIVING_CALLS = [
  'AddUserToGroup',
  'AttachGroupPolicy',
  'AttachRolePolicy',
  'AttachUserPolicy',
  'CreatePolicy',
  'CreatePolicyVersion',
  'DeleteRolePermissionsBoundary',
  'DeleteUserPermissionsBoundary',
  'PutGroupPolicy',
  'PutRolePermissionsBoundary',
  'PutRolePolicy',
  'PutUserPermissionsBoundary',
  'PutUserPolicy',
  'SetDefaultPolicyVersion',
] as const;
const GIVES: ReadonlySet<string> = new Set(GIVING_CALLS);

/** What lets its holder reach a cluster from outside: EKS itself, another role, or the policies of one. */
const REACHES = /^(?:\*|(?:eks|sts|iam):)/i;
const BROAD_NAMES = /AdministratorAccess|PowerUserAccess|IAMFullAccess/;

export function isGivingPolicies({ eventName, succeeded }: CloudTrailEvent): boolean {
  return succeeded && GIVES.has(eventName);
}

/** Of what names a policy, or a group, without saying what it allows, nothing is known: then it may. */
export function mayMakeAdmins(call: CloudTrailEvent): boolean {
  // A role that is no way to admin yet may be one as soon as another call is known, which may come first.
  if (call.eventName === 'UpdateAssumeRolePolicy') return call.succeeded;
  // The new name may be one that a cluster still maps.
  if (call.eventName === 'UpdateUser') return call.succeeded && textIn(call.request, 'newUserName') !== null;
  if (!isGivingPolicies(call)) return false;
  const { request } = call;
  const document = fieldIn(request, 'policyDocument');
  if (document !== undefined) return mayReach(document);
  const policyArn = fieldIn(request, 'policyArn');
  return typeof policyArn !== 'string' || !isOfAws(policyArn) || BROAD_NAMES.test(policyArn);
}

/** Parsed, and not searched: JSON has several spellings of one text, and the action that matters may be the last of many. */
function mayReach(text: unknown): boolean {
  const { document, problems } = parsePolicyDocument(text, '', null);
  if (problems.length > 0) return true;
  return document.statements.some(({ actions }) => actions === null || actions.some((action) => REACHES.test(action)));
}

function isOfAws(policyArn: string): boolean {
  return /^arn:[^:]+:iam::aws:policy\//.test(policyArn);
}
