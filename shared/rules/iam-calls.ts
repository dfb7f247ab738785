/** Calls to IAM into whether they may make somebody an admin of a cluster who was none. */
import type { CloudTrailEvent } from '../model/records.ts';
import { fieldIn } from './loose-values.ts';

/** Calls that give policies to somebody, or change what a policy says. */
const GIVES =
  /^(?:Attach(?:Role|User|Group)Policy|Put(?:Role|User|Group)Policy|CreatePolicyVersion|SetDefaultPolicyVersion|AddUserToGroup|Delete(?:Role|User)PermissionsBoundary)$/;

/** What lets its holder reach a cluster from outside: EKS itself, another role, or the policies of one. */
const REACHES =
  /eks:|sts:|iam:|"?Action"?\s*:\s*\[?\s*"\*|NotAction|AdministratorAccess|PowerUserAccess|IAMFullAccess/i;

/** Of what names a policy, or a group, without saying what it allows, nothing is known: then it may. */
export function mayMakeAdmins({ eventName, request, succeeded }: CloudTrailEvent): boolean {
  if (!succeeded || !GIVES.test(eventName)) return false;
  const document = fieldIn(request, 'policyDocument');
  if (document !== undefined) return REACHES.test(typeof document === 'string' ? document : JSON.stringify(document));
  const policyArn = fieldIn(request, 'policyArn');
  return typeof policyArn !== 'string' || !isOfAws(policyArn) || REACHES.test(policyArn);
}

function isOfAws(policyArn: string): boolean {
  return /^arn:[^:]+:iam::aws:policy\//.test(policyArn);
}
