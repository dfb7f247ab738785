/** Turns the authorizer's reason of an audit event into the access policy that allowed the request. */
import type { AuditEvent } from '../model/records.ts';

/**
 * Anchored, since RBAC's own reasons repeat binding names that anybody may choose. A role name may hold a `+`, so the
 * ARN of the policy is what ends the ARN of the principal.
 */
const BY_ACCESS_POLICY =
  /^EKS Access Policy: allowed by (?:Cluster)?RoleBinding "(arn:[^"]+?)\+(arn:[^:"]+:eks::aws:cluster-access-policy\/[^/"]+)/;

export function parseAccessPolicy(reason: string | null): AuditEvent['accessPolicy'] {
  const [, principalArn, policyArn] = BY_ACCESS_POLICY.exec(reason ?? '') ?? [];
  return principalArn === undefined || policyArn === undefined ? null : { principalArn, policyArn };
}
