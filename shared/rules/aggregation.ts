/** An aggregated ClusterRole into the rules that Kubernetes' controller would fill in from the roles its selectors match. */
import type { LabelSelector, PolicyRule, Role } from '../model/rbac.ts';

/** What the object itself says counts: only a role whose rules nobody filled in (a published manifest) is put together here. */
export function aggregateRules(role: Role, clusterRoles: readonly Role[]): readonly PolicyRule[] {
  if (!isUnfilled(role)) return role.rules;
  const rules = new Map<string, PolicyRule>();
  const seen = new Set<string>([role.name]);
  const pending: Role[] = [role];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (!isUnfilled(next)) {
      for (const rule of next.rules) rules.set(JSON.stringify(rule), rule);
      continue;
    }
    for (const member of listMembers(next, clusterRoles)) {
      if (seen.has(member.name)) continue; // a role does not aggregate itself, and circles end
      seen.add(member.name);
      pending.push(member);
    }
  }
  return [...rules.values()];
}

function isUnfilled(role: Role): boolean {
  return role.aggregates.length > 0 && role.rules.length === 0;
}

/** The controller gives up on a role when one of its selectors is not valid. */
function listMembers({ aggregates }: Role, clusterRoles: readonly Role[]): readonly Role[] {
  if (!aggregates.every(isValidSelector)) return [];
  return clusterRoles.filter(({ labels }) => aggregates.some((selector) => matchesSelector(selector, labels)));
}

/** Labels and expressions must all hold; a selector without any matches everything. */
export function matchesSelector(
  { matchLabels, matchExpressions }: LabelSelector,
  labels: Readonly<Record<string, string>>,
): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => readLabel(labels, key) === value) &&
    matchExpressions.every(({ key, operator, values }) => {
      const label = readLabel(labels, key);
      return OPERATORS.get(operator)?.matches(label, values) ?? false;
    })
  );
}

interface Operator {
  readonly takesValues: boolean;
  readonly matches: (label: string | null, values: readonly string[]) => boolean;
}

const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['In', { takesValues: true, matches: (label, values) => label !== null && values.includes(label) }],
  ['NotIn', { takesValues: true, matches: (label, values) => label === null || !values.includes(label) }],
  ['Exists', { takesValues: false, matches: (label) => label !== null }],
  ['DoesNotExist', { takesValues: false, matches: (label) => label === null }],
]);

export function isValidSelector({ matchExpressions }: LabelSelector): boolean {
  return matchExpressions.every(({ operator, values }) => OPERATORS.get(operator)?.takesValues === values.length > 0);
}

function readLabel(labels: Readonly<Record<string, string>>, key: string): string | null {
  return Object.hasOwn(labels, key) ? (labels[key] ?? null) : null;
}
