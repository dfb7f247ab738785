import { describe, expect, test } from 'vitest';
import { parseBinding, parsePolicyRule, parseRole } from '../../shared/evidence/rbac-object.ts';
import { tallySkips } from '../../shared/evidence/skip-tally.ts';

const at = { file: 'rbac.json', lineOf: () => 7 };

describe('parseRole', () => {
  test('leaves a namespace out of a ClusterRole, and aggregation out of a Role', () => {
    const value = {
      metadata: { name: 'reader', namespace: 'payments' },
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { to: 'all' } }] },
    };
    const tally = tallySkips('rbac.json');

    expect(parseRole({ ...at, kind: 'ClusterRole', value }, 'ClusterRole', tally)).toMatchObject({
      namespace: null,
      aggregates: [{ matchLabels: { to: 'all' }, matchExpressions: [] }],
      evidence: { id: 'ClusterRole/-/reader', line: 7 },
    });
    expect(parseRole({ ...at, kind: 'Role', value }, 'Role', tally)).toMatchObject({
      namespace: 'payments',
      aggregates: [],
    });
    expect(tally.list()).toEqual([]);
  });
});

describe('parseBinding', () => {
  test('keeps the namespace that a service account names', () => {
    const value = {
      metadata: { name: 'reads', namespace: 'payments' },
      roleRef: { kind: 'Role', name: 'reader' },
      subjects: [{ kind: 'ServiceAccount', name: 'web', namespace: 'shop' }],
    };

    expect(parseBinding({ ...at, kind: 'RoleBinding', value }, 'RoleBinding', tallySkips(null))?.subjects).toEqual([
      { kind: 'ServiceAccount', name: 'web', namespace: 'shop' },
    ]);
  });
});

describe('parsePolicyRule', () => {
  test('reads what is there and leaves the rest empty', () => {
    expect(parsePolicyRule({ verbs: ['get', 7], nonResourceURLs: ['/metrics'], resources: 'pods' })).toEqual({
      apiGroups: [],
      resources: [],
      verbs: ['get'],
      resourceNames: [],
      nonResourceURLs: ['/metrics'],
    });
  });
});
