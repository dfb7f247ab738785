/** The name of an AWS access policy into its rules, and one request into yes, no or unknown. */
import type { AccessRequest, PolicyRule } from '../model/rbac.ts';
import { ACCESS_POLICY_ROWS, COLLECTED_AT } from './access-policies-data.ts';
import { once } from './once.ts';
import { rulesAllow } from './rbac-matcher.ts';
import { parseRule } from './rule-notation.ts';

/** The day on which the table was last compared with AWS's page. */
export const ACCESS_POLICIES_COLLECTED_AT: string = COLLECTED_AT;

export interface AccessPolicy {
  readonly name: string;
  /** null: AWS prints no table of rules. */
  readonly rules: readonly PolicyRule[] | null;
  /** Rules for some objects only, of which AWS does not print the names. */
  readonly narrowedRules: readonly PolicyRule[];
  /** False: what is not among the rules is not known to be denied. */
  readonly complete: boolean;
  /** AWS attaches it to service-linked roles only; null where AWS does not say. */
  readonly serviceOnly: boolean | null;
}

export type PolicyAnswer = 'yes' | 'no' | 'unknown';

/** Parsing it takes longer than everything else at the start of a function. */
const policies = once<ReadonlyMap<string, AccessPolicy>>(
  () =>
    new Map(
      [...ACCESS_POLICY_ROWS].map(([name, row]) => [
        name,
        {
          name,
          rules: row.rules?.map(parseRule) ?? null,
          narrowedRules: (row.narrowed ?? []).map(parseRule),
          complete: row.complete,
          serviceOnly: row.serviceOnly,
        },
      ]),
    ),
);

/** null for a policy that AWS added later than the table. */
export function findAccessPolicy(name: string): AccessPolicy | null {
  return policies().get(name) ?? null;
}

export function listAccessPolicies(): readonly AccessPolicy[] {
  return [...policies().values()];
}

/** Within the scope that the policy is associated at, which `scopeCovers` decides. */
export function policyAnswers(name: string, request: AccessRequest): PolicyAnswer {
  const policy = findAccessPolicy(name);
  if (policy === null || policy.rules === null) return 'unknown';
  if (rulesAllow(policy.rules, request)) return 'yes';
  return policy.complete ? 'no' : 'unknown';
}
