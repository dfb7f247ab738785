/**
 * A policy rule as one line of text, and back: `verbs | api groups | resources | names`, or `verbs | urls`.
 * The core group is written `core`; lists are separated by commas.
 */
import type { PolicyRule } from '../model/rbac.ts';

export function parseRule(line: string): PolicyRule {
  const [verbs = [], second = [], resources, resourceNames = []] = line.split('|').map(splitList);
  if (resources === undefined)
    return { verbs, apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: second };
  const apiGroups = second.map((group) => (group === 'core' ? '' : group));
  return { verbs, apiGroups, resources, resourceNames, nonResourceURLs: [] };
}

function splitList(text: string): readonly string[] {
  return text.trim() === '' ? [] : text.split(',').map((item) => item.trim());
}
