/** What one side allows and the other does not, into differences with their words. */
import type { AccessDifference } from '../model/migration.ts';
import type { PolicyRule } from '../model/rbac.ts';
import type { MissingRule } from '../rules/effective-access.ts';
import { namespaceOf } from '../rules/namespaces.ts';

type Change = AccessDifference['change'];

const NO_RULE: PolicyRule = { verbs: [], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: [] };

export function describeDifference(change: Change, { scope, rule }: MissingRule): AccessDifference {
  const namespace = namespaceOf(scope);
  return { change, namespace, ...rule, text: wordRule(rule, namespace) };
}

/** "get, list pods, services of apps in namespace payments". */
function wordRule(rule: PolicyRule, namespace: string | null): string {
  const { verbs, apiGroups, resources, resourceNames, nonResourceURLs } = rule;
  const groups = apiGroups.filter((group) => group !== '');
  const of = groups.length === 0 ? '' : ` of ${groups.join(', ')}`;
  const named = resourceNames.length === 0 ? '' : ` named ${resourceNames.join(', ')}`;
  const what = nonResourceURLs.length > 0 ? nonResourceURLs.join(', ') : `${resources.join(', ')}${of}${named}`;
  const where = namespace === null ? 'in the whole cluster' : `in namespace ${namespace}`;
  return `${verbs.join(', ')} ${what} ${where}`;
}

export function tellLogin(change: Change): AccessDifference {
  return { change, namespace: null, ...NO_RULE, text: 'logging in at all' };
}

export function tellNode(change: Change): AccessDifference {
  return { change, namespace: null, ...NO_RULE, text: 'what the Node authorizer gives to nodes' };
}

/** `policy`: "NAME at cluster". */
export function tellUncharted(change: Change, policy: string): AccessDifference {
  return { change, namespace: null, ...NO_RULE, text: `what AWS does not publish of ${policy}` };
}
