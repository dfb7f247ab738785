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
  if (countPermissions(rule) > MAX_PERMISSIONS) return false;
  for (const request of listPermissions(rule)) if (!rulesAllow(known, request)) return false;
  return true;
}

function countPermissions(rule: PolicyRule): number {
  const perVerb = rule.apiGroups.length * rule.resources.length * Math.max(1, rule.resourceNames.length);
  return rule.verbs.length * (perVerb + rule.nonResourceURLs.length);
}

/** Every permission of the rules that `known` does not allow, those of the same verbs together. */
export function listMissing(rules: readonly PolicyRule[], known: readonly PolicyRule[]): readonly PolicyRule[] {
  const verbs = new Map<string, { readonly request: AccessRequest; readonly verbs: Set<string> }>();
  const whole: PolicyRule[] = [];
  for (const rule of listUncovered(rules, known)) {
    if (countPermissions(rule) > MAX_PERMISSIONS) {
      if (!known.some((each) => isSameRule(each, rule))) whole.push(rule);
      continue;
    }
    for (const request of listPermissions(rule)) {
      if (rulesAllow(known, request)) continue;
      const key = JSON.stringify([request.path, request.apiGroup, request.resource, request.name]);
      const same = verbs.get(key);
      if (same === undefined) verbs.set(key, { request, verbs: new Set([request.verb]) });
      else same.verbs.add(request.verb);
    }
  }
  return [...whole, ...joinTargets([...verbs.values()].map((each) => ({ ...each, verbs: [...each.verbs].sort() })))];
}

function isSameRule(a: PolicyRule, b: PolicyRule): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What differs in its resource or path alone becomes one rule. */
function joinTargets(
  targets: readonly { readonly request: AccessRequest; readonly verbs: readonly string[] }[],
): readonly PolicyRule[] {
  const rules = new Map<string, { verbs: readonly string[]; request: AccessRequest; targets: string[] }>();
  for (const { request, verbs } of targets) {
    const key = JSON.stringify([verbs, request.path === null, request.apiGroup, request.name]);
    const target = request.path ?? request.resource;
    const same = rules.get(key);
    if (same === undefined) rules.set(key, { verbs, request, targets: [target] });
    else same.targets.push(target);
  }
  return [...rules.values()].map(({ verbs, request, targets: names }) =>
    request.path === null
      ? {
          ...{ verbs, apiGroups: [request.apiGroup], resources: names, nonResourceURLs: [] },
          resourceNames: request.name === '' ? [] : [request.name],
        }
      : { verbs, apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: names },
  );
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
