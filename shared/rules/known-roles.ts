/** The name of a role that Kubernetes ships into its rules, for records that name it and do not show it. */
import type { ResolvedRole } from '../model/facts.ts';
import type { RoleKind } from '../model/rbac.ts';
import kubernetes from './default-rbac-kubernetes.json' with { type: 'json' };
import { parseRule } from './rule-notation.ts';

const SHIPPED: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(kubernetes.roles));

/** What the roles for users are put together from on a live cluster. */
const PARTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['view', ['view']],
  ['edit', ['edit', 'view']],
  ['admin', ['admin', 'edit', 'view']],
]);

/** As Kubernetes ships it: whoever changes it shows in a record of that change. */
export function findKnownRole(kind: RoleKind, name: string, namespace: string | null): ResolvedRole | null {
  const lines = kind === 'ClusterRole' ? listClusterRoleLines(name) : SHIPPED.get(`Role/${namespace ?? '-'}/${name}`);
  if (lines === undefined) return null;
  const rules = lines.map(parseRule);
  return {
    ...{ kind, name, namespace: kind === 'Role' ? namespace : null },
    ...{ rules, effectiveRules: rules, aggregates: [], labels: {}, annotations: {} },
    createdAt: null,
    isDefault: true,
    level: 'unknown',
    reason: 'not graded before it is known where it is bound',
    evidence: { source: 'rbac', id: name, at: null, file: null, line: 0 },
  };
}

function listClusterRoleLines(name: string): readonly string[] | undefined {
  const parts = PARTS.get(name);
  if (parts === undefined) return SHIPPED.get(`ClusterRole/-/${name}`);
  return parts.flatMap((part) => SHIPPED.get(`ClusterRole/-/system:aggregate-to-${part}`) ?? []);
}
