/** RBAC rules and one request into allowed or not, exactly as the Kubernetes authorizer decides. */
import type { AccessRequest, PolicyRule } from '../model/rbac.ts';

export const ALL = '*';

/** The `any` of upstream's VisitRulesFor: rules only ever add. */
export function rulesAllow(rules: readonly PolicyRule[], request: AccessRequest): boolean {
  return rules.some((rule) => ruleAllows(rule, request));
}

export function ruleAllows(rule: PolicyRule, request: AccessRequest): boolean {
  if (!matchesVerb(rule, request.verb)) return false;
  if (request.path !== null) return rule.nonResourceURLs.some((url) => matchesUrl(url, request.path ?? ''));
  return matchesApiGroup(rule, request.apiGroup) && matchesResource(rule, request) && matchesName(rule, request.name);
}

export function matchesVerb(rule: PolicyRule, verb: string): boolean {
  return rule.verbs.includes(ALL) || rule.verbs.includes(verb);
}

export function matchesApiGroup(rule: PolicyRule, apiGroup: string): boolean {
  return rule.apiGroups.includes(ALL) || rule.apiGroups.includes(apiGroup);
}

/** `resource` may be written "pods/exec": an API resource never holds a slash of its own. */
export function matchesResource(
  rule: PolicyRule,
  { resource, subresource }: Pick<AccessRequest, 'resource' | 'subresource'>,
): boolean {
  const combined = subresource === '' ? resource : `${resource}/${subresource}`;
  const slash = combined.indexOf('/');
  const starred = slash === -1 ? ALL : `*${combined.slice(slash)}`;
  return rule.resources.some((ruled) => ruled === ALL || ruled === combined || ruled === starred);
}

/** A rule without names holds for all; a request without a name (list, create) is never covered by a rule with names. */
function matchesName(rule: PolicyRule, name: string): boolean {
  return rule.resourceNames.length === 0 || rule.resourceNames.includes(name);
}

/** Upstream cuts every trailing star, so that `/logs**` means `/logs*`. */
function matchesUrl(ruled: string, path: string): boolean {
  if (ruled === ALL || ruled === path) return true;
  let end = ruled.length;
  while (ruled.charAt(end - 1) === ALL) end -= 1;
  return end < ruled.length && path.startsWith(ruled.slice(0, end));
}
