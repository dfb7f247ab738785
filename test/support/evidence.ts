/** Evidence of one cluster for tests of the joining stage: nothing in it, but for what the test names. */
import { NOTHING_OF_CLUSTER, NOTHING_READ } from '../../shared/evidence/nothing-read.ts';
import type { ClusterEvidence, Evidence } from '../../shared/model/evidence.ts';
import type { Binding, PolicyRule, Role, Subject } from '../../shared/model/rbac.ts';
import { coverageBut, ref } from './coverage.ts';
import { cluster } from './facts.ts';

export function clusterEvidence(more: Partial<ClusterEvidence> = {}): ClusterEvidence {
  return { ...NOTHING_OF_CLUSTER, cluster: cluster(), coverage: coverageBut(), ...more };
}

export function evidence(more: Partial<Evidence> = {}): Evidence {
  return { ...NOTHING_READ, ...more };
}

export function clusterRole(name: string, ...rules: readonly PolicyRule[]): Role {
  const bare = { namespace: null, aggregates: [], labels: {}, annotations: {}, createdAt: null };
  return { kind: 'ClusterRole', name, rules, evidence: ref('rbac'), ...bare };
}

/** Cluster-wide without a namespace, else a RoleBinding to the same ClusterRole. */
export function bind(role: string, subjects: readonly Subject[], namespace: string | null = null): Binding {
  return {
    kind: namespace === null ? 'ClusterRoleBinding' : 'RoleBinding',
    name: `${role}-binding`,
    namespace,
    role: { kind: 'ClusterRole', name: role },
    subjects,
    labels: {},
    annotations: {},
    createdAt: '2026-09-01T00:00:00Z',
    evidence: ref('rbac'),
  };
}
