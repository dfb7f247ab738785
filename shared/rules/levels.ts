/** Rules at a scope, everything a holder is granted, or an access policy, into a level with the reason for it. */
import type { Graded, GrantScope } from '../model/access.ts';
import type { AssociatedPolicy } from '../model/eks.ts';
import type { PolicyRule } from '../model/rbac.ts';
import { findAccessPolicy } from './access-policies.ts';
import { gradeTargets } from './escalation.ts';
import type { GradeContext } from './escalation-targets.ts';
import { listGrantScopes } from './namespaces.ts';
import { gradeOwn, type HeldRules, stronger } from './own-level.ts';

/** One role, or the union of several that hold at the same scope. */
export function gradeRules(rules: readonly PolicyRule[], scope: GrantScope, context: GradeContext): Graded {
  return gradeHeld([{ rules, scope }], context);
}

/** The union of a holder's grants at all their scopes: two harmless roles together may be none. */
export function gradeHeld(held: readonly HeldRules[], context: GradeContext): Graded {
  const own = gradeOwn(held, context.awsAuthCounts);
  if (own.level === 'cluster-admin' || own.level === 'admin-equivalent') return own;
  return stronger(own, gradeTargets(held, context));
}

/** system:masters passes every authorizer, so no binding shows it and none takes it away. */
export function gradeGroup(group: string): Graded | null {
  return group === 'system:masters'
    ? { level: 'cluster-admin', reason: 'is in system:masters, which skips RBAC altogether' }
    : null;
}

/** Policies whose rules reach further than Kubernetes: what they lead to at cluster scope. */
const REACH_BEYOND: ReadonlyMap<string, Graded> = new Map([
  [
    'AmazonEKSACKPolicy',
    {
      level: 'admin-equivalent',
      reason: "may have ACK's own IAM role create IAM roles and EKS access entries, admins among them",
    },
  ],
]);

/** What a policy's table leaves open is `unknown`, never harmless. */
export function gradePolicy(policy: AssociatedPolicy, context: GradeContext): Graded {
  const known = findAccessPolicy(policy.name);
  const scopes = listGrantScopes(policy.scope);
  if (known === null) {
    return { level: 'unknown', reason: `${policy.name} is newer than our table of access policies, or not one of AWS` };
  }
  if (scopes.length === 0)
    return { level: 'unknown', reason: `${policy.name} names no namespace that it is limited to` };
  const { rules, complete } = known;
  if (rules === null) return { level: 'unknown', reason: `AWS does not publish the rules of ${policy.name}` };
  const held = scopes.map((scope): HeldRules => ({ rules, scope }));
  const graded = gradeHeld(held, context);
  const certain = complete ? graded : stronger(graded, openEnded(policy.name));
  const beyond = scopes.includes('cluster') ? REACH_BEYOND.get(policy.name) : undefined;
  return beyond === undefined ? certain : stronger(certain, beyond);
}

function openEnded(name: string): Graded {
  return { level: 'unknown', reason: `AWS publishes the rules of ${name} in part only` };
}
