/** Rules and requests for tests, in the notation of `shared/rules/rule-notation.ts`. */
import type { AccessRequest, PolicyRule } from '../../shared/model/rbac.ts';
import type { GradeContext } from '../../shared/rules/escalation-targets.ts';
import { parseRule } from '../../shared/rules/rule-notation.ts';

export function rules(...lines: readonly string[]): readonly PolicyRule[] {
  return lines.map(parseRule);
}

/** A request for pods in namespace payments, but for what the test names. */
export function request(more: Partial<AccessRequest> = {}): AccessRequest {
  return {
    verb: 'get',
    apiGroup: '',
    resource: 'pods',
    subresource: '',
    name: '',
    namespace: 'payments',
    path: null,
    ...more,
  };
}

/** A cluster in API mode, in which nothing exists but what is given. */
export function gradeContext(more: Partial<GradeContext> = {}): GradeContext {
  return { awsAuthCounts: false, findRole: () => null, findGrants: () => [], ...more };
}
