/** Records of IAM into whether they gave something to a user or role: a policy, a group, another boundary, or its being. */
import type { IamRole, IamUser } from '../model/iam.ts';
import type { CloudTrailEvent } from '../model/records.ts';
import { arnKey, principalKey } from './arn.ts';
import { isGivingPolicies } from './iam-calls.ts';
import { textIn } from './loose-values.ts';
import { listPrincipalCalls } from './principal-calls.ts';

/** A call that names a policy or a group alone gives to whoever holds it now. */
export function isGivenTo(call: CloudTrailEvent, entity: IamRole | IamUser): boolean {
  const key = principalKey(entity.principal);
  const made = listPrincipalCalls(call);
  if (made.length > 0) return made.some((one) => one.kind === 'created' && one.key === key);
  if (!isGivingPolicies(call)) return false;
  if (call.principalArn !== null) return arnKey(call.principalArn) === key;
  const groupName = textIn(call.request, 'groupName');
  if (groupName !== null) return entity.kind === 'user' && entity.groups.includes(groupName);
  const policyArn = textIn(call.request, 'policyArn');
  return policyArn !== null && entity.policies.some(({ arn }) => arn === policyArn);
}
