import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRbac } from '../../shared/evidence/rbac.ts';

const CLUSTER_ROLE = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: {
    name: 'reader',
    creationTimestamp: '2026-03-02T09:15:00Z',
    labels: { team: 'payments' },
    annotations: { note: 'kept' },
  },
  rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
};
const ROLE_BINDING = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { name: 'reads', namespace: 'payments' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'reader' },
  subjects: [{ kind: 'ServiceAccount', name: 'web' }],
};

function parse(...items: readonly unknown[]) {
  return parseRbac(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }), 'rbac.json');
}

function reasonsOf(parsed: ReturnType<typeof parseRbac>) {
  return parsed.skips.map(({ reason, count }) => [reason, count]);
}

describe('parseRbac, of objects', () => {
  test('reads a ClusterRole', () => {
    expect(parse(CLUSTER_ROLE).rbac.roles).toEqual([
      {
        kind: 'ClusterRole',
        name: 'reader',
        namespace: null,
        rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'], resourceNames: [], nonResourceURLs: [] }],
        aggregates: [],
        labels: { team: 'payments' },
        annotations: { note: 'kept' },
        createdAt: '2026-03-02T09:15:00Z',
        evidence: {
          source: 'rbac',
          id: 'ClusterRole/-/reader',
          at: '2026-03-02T09:15:00Z',
          file: 'rbac.json',
          line: 1,
        },
      },
    ]);
  });

  test('reads a RoleBinding, its service account in its own namespace', () => {
    const [binding] = parse(ROLE_BINDING).rbac.bindings;

    expect(binding).toMatchObject({ kind: 'RoleBinding', name: 'reads', namespace: 'payments', createdAt: null });
    expect(binding?.role).toEqual({ kind: 'ClusterRole', name: 'reader' });
    expect(binding?.subjects).toEqual([{ kind: 'ServiceAccount', name: 'web', namespace: 'payments' }]);
    expect(binding?.evidence.id).toBe('RoleBinding/payments/reads');
  });

  test('reads an aggregated role whose rules nobody filled in', () => {
    const selector = {
      matchLabels: { tier: 'one' },
      matchExpressions: [{ key: 'team', operator: 'In', values: ['a', 'b'] }],
    };
    const { rbac } = parse({ ...CLUSTER_ROLE, rules: null, aggregationRule: { clusterRoleSelectors: [selector] } });

    expect(rbac.roles[0]?.rules).toEqual([]);
    expect(rbac.roles[0]?.aggregates).toEqual([selector]);
  });

  test('reads bindings without subjects, with null for them, and of an older version', () => {
    const binding = { ...ROLE_BINDING, kind: 'ClusterRoleBinding', apiVersion: 'rbac.authorization.k8s.io/v1beta1' };
    const { rbac, skips } = parse(
      { ...binding, subjects: undefined },
      { ...binding, metadata: { name: 'b' }, subjects: null },
    );

    expect(rbac.bindings.map(({ name, subjects }) => [name, subjects])).toEqual([
      ['reads', []],
      ['b', []],
    ]);
    expect(skips).toEqual([]);
  });

  test('puts a manifest without namespace where kubectl would put it', () => {
    expect(parse({ ...ROLE_BINDING, metadata: { name: 'reads' } }).rbac.bindings[0]?.namespace).toBe('default');
  });

  test('takes labels of any name as labels', () => {
    const text = JSON.stringify(CLUSTER_ROLE).replace('"team"', '"__proto__"');

    expect(Object.keys(parseRbac(text, 'rbac.json').rbac.roles[0]?.labels ?? {})).toEqual(['__proto__']);
  });
});

describe('parseRbac, of files', () => {
  test('points at the line of each object', () => {
    const text = JSON.stringify({ kind: 'List', items: [CLUSTER_ROLE, ROLE_BINDING] }, null, 2);

    expect(parseRbac(text, 'rbac.json').records.map(({ evidence }) => evidence.line)).toEqual([4, 31]);
  });

  test('reads one object, a list of one kind, a bare array and lists of lists alike', () => {
    const { kind: _kind, apiVersion: _version, ...bare } = CLUSTER_ROLE;
    const texts = [
      CLUSTER_ROLE,
      { kind: 'ClusterRoleList', items: [bare] },
      [CLUSTER_ROLE],
      [{ kind: 'List', items: [[CLUSTER_ROLE]] }],
    ];

    for (const text of texts) {
      const { rbac, skips } = parseRbac(JSON.stringify(text), 'rbac.json');

      expect(rbac.roles.map(({ name }) => name)).toEqual(['reader']);
      expect(skips).toEqual([]);
    }
  });

  test('reads an empty list as a cluster without RBAC', () => {
    expect(parse()).toEqual({ records: [], skips: [], rbac: { roles: [], bindings: [] } });
  });
});

describe('parseRbac, of what it cannot use', () => {
  test.each<[string, unknown, string]>([
    ['another kind', { kind: 'Secret', metadata: { name: 's' } }, 'expected a role or a binding, got another kind'],
    [
      'a Role of another API',
      { ...ROLE_BINDING, apiVersion: 'iam.aws.example/v1' },
      'expected a role or a binding, got another kind',
    ],
    ['an object without kind', { metadata: {} }, 'expected an object of some kind or a list of items, got neither'],
    ['a list without items', { kind: 'RoleList' }, 'expected an object of some kind or a list of items, got neither'],
    ['text in place of an object', 'ClusterRole', 'expected an object, got another type'],
    ['null in place of an object', null, 'expected an object, got another type'],
    [
      'an object without name',
      { kind: 'Role', metadata: {} },
      'expected a role or binding with a name, got one without',
    ],
    [
      'a binding without role',
      { ...ROLE_BINDING, roleRef: null },
      'expected a roleRef to a Role or ClusterRole, got none',
    ],
    [
      'a role of another kind',
      { ...ROLE_BINDING, roleRef: { kind: 'User', name: 'x' } },
      'expected a roleRef to a Role or ClusterRole, got none',
    ],
    [
      'a subject of another kind',
      { ...ROLE_BINDING, subjects: [{ kind: 'Robot', name: 'x' }] },
      'expected a subject that is a User, Group or ServiceAccount, got another kind',
    ],
    [
      'a subject without name',
      { ...ROLE_BINDING, subjects: [{ kind: 'User' }] },
      'expected a subject with a name, got one without',
    ],
    [
      'a subject that is none',
      { ...ROLE_BINDING, subjects: ['alice'] },
      'expected a subject that is a User, Group or ServiceAccount, got another kind',
    ],
    ['a rule that is none', { ...CLUSTER_ROLE, rules: ['*'] }, 'expected a rule that is an object, got another type'],
  ])('counts %s', (_name, item, reason) => {
    expect(reasonsOf(parse(item))).toEqual([[reason, 1]]);
  });

  test('counts a service account that a ClusterRoleBinding gives no namespace, which matches nobody', () => {
    const parsed = parse({ ...ROLE_BINDING, kind: 'ClusterRoleBinding' });

    expect(parsed.rbac.bindings[0]?.subjects).toEqual([]);
    expect(reasonsOf(parsed)).toEqual([
      ['expected a namespace on the service account of a ClusterRoleBinding, got none', 1],
    ]);
  });

  test('keeps the first of two objects of one name, and both of two namespaces', () => {
    const elsewhere = { ...ROLE_BINDING, metadata: { name: 'reads', namespace: 'shop' } };
    const parsed = parse(ROLE_BINDING, { ...ROLE_BINDING, subjects: [] }, elsewhere);

    expect(parsed.rbac.bindings.map(({ namespace, subjects }) => [namespace, subjects.length])).toEqual([
      ['payments', 1],
      ['shop', 1],
    ]);
    expect(parsed.skips).toMatchObject([{ count: 1, sample: 'RoleBinding/payments/reads' }]);
  });

  test('counts broken JSON with its place', () => {
    const { skips, records } = parseRbac('{"items": [', 'rbac.json');

    expect(records).toEqual([]);
    expect(skips).toMatchObject([{ count: 1, file: 'rbac.json', line: 1 }]);
  });

  test('refuses what nests deeper than any real document', () => {
    const { skips } = parseRbac(`${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'rbac.json');

    expect(skips).toMatchObject([{ reason: 'expected at most 500 levels of nesting, got more', count: 1 }]);
  });

  test('shows nothing of a Secret that lies in the file', () => {
    const { skips } = parse({ kind: 'Secret', metadata: { name: 's' }, data: { password: 'aHVudGVyMg==' } });

    expect(skips[0]?.sample).toBe('Secret');
  });

  test('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        parseRbac(text, 'rbac.json');
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('never throws, whatever an object holds', () => {
    const anything = fc.jsonValue({ maxDepth: 3 });
    const object = fc.record({
      kind: fc.constantFrom('ClusterRole', 'Role', 'ClusterRoleBinding', 'RoleBinding', 'List'),
      metadata: fc.oneof(fc.record({ name: anything, namespace: anything, labels: anything }), anything),
      rules: fc.oneof(fc.array(fc.record({ verbs: anything, resources: anything })), anything),
      aggregationRule: fc.oneof(fc.record({ clusterRoleSelectors: anything }), anything),
      roleRef: fc.oneof(fc.record({ kind: fc.constant('Role'), name: fc.string() }), anything),
      subjects: fc.oneof(fc.array(fc.record({ kind: fc.constant('User'), name: anything })), anything),
      items: anything,
    });

    fc.assert(
      fc.property(fc.array(object), (objects) => {
        const { records } = parse(...objects);
        expect(records.length).toBeLessThanOrEqual(objects.length);
      }),
      { seed: 2, numRuns: 500 },
    );
  });
});
