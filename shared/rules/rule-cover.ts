/** Two lists of rules into what the first allows beyond the second. */
import type { AccessRequest, PolicyRule } from '../model/rbac.ts';
import { rulesAllow } from './rbac-matcher.ts';

/** No shipped rule comes near it; a rule made to be slow does. */
const MAX_PERMISSIONS = 10_000;

/** The rules of which `known` does not allow every single permission. */
export function listUncovered(rules: readonly PolicyRule[], known: readonly PolicyRule[]): readonly PolicyRule[] {
  return rules.filter((rule) => !isCovered(rule, known));
}

function isCovered(rule: PolicyRule, known: readonly PolicyRule[]): boolean {
  const perVerb = rule.apiGroups.length * rule.resources.length * Math.max(1, rule.resourceNames.length);
  if (rule.verbs.length * (perVerb + rule.nonResourceURLs.length) > MAX_PERMISSIONS) return false;
  for (const request of listPermissions(rule)) if (!rulesAllow(known, request)) return false;
  return true;
}

/** A star is asked for as it is written: only a star covers it. */
function* listPermissions(rule: PolicyRule): Iterable<AccessRequest> {
  const names = rule.resourceNames.length > 0 ? rule.resourceNames : [''];
  for (const verb of rule.verbs) {
    const asked = { verb, apiGroup: '', resource: '', subresource: '', name: '', namespace: '', path: null };
    for (const path of rule.nonResourceURLs) yield { ...asked, path };
    for (const apiGroup of rule.apiGroups)
      for (const resource of rule.resources) for (const name of names) yield { ...asked, apiGroup, resource, name };
  }
}
