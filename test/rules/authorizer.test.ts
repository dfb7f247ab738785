import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseRbac } from '../../shared/evidence/rbac.ts';
import { allows, listAllowing, serviceAccountUsername, withImpliedGroups } from '../../shared/rules/authorizer.ts';
import { request } from '../support/rules.ts';

const clusterRole = (name: string, more: object) => ({ kind: 'ClusterRole', metadata: { name }, ...more });
const binding = (kind: string, name: string, roleRef: object, subjects: readonly object[]) => ({
  kind,
  metadata: { name, namespace: 'payments' },
  roleRef,
  subjects,
});
const READER = clusterRole('reader', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] });
const TO_READER = { kind: 'ClusterRole', name: 'reader' };
const ALICE = { kind: 'User', name: 'alice' };

function rbacOf(...items: readonly unknown[]) {
  return parseRbac(JSON.stringify(items), 'rbac.json').rbac;
}

describe('allows', () => {
  const alice = { username: 'alice', groups: [] };

  test('names the binding, the role and the rule that allow', () => {
    const rbac = rbacOf(READER, binding('RoleBinding', 'reads', TO_READER, [ALICE]));

    const { allowed, by } = allows(rbac, alice, request());

    expect(allowed).toBe(true);
    expect(by?.binding.name).toBe('reads');
    expect(by?.role.name).toBe('reader');
    expect(by?.rule.verbs).toEqual(['get']);
  });

  test('keeps a RoleBinding to its namespace, and away from cluster-wide requests', () => {
    const rbac = rbacOf(READER, binding('RoleBinding', 'reads', TO_READER, [ALICE]));

    expect(allows(rbac, alice, request({ namespace: 'shop' }))).toEqual({ allowed: false, by: null });
    expect(allows(rbac, alice, request({ namespace: '' })).allowed).toBe(false);
  });

  test('finds no Role through a ClusterRoleBinding, and nothing in a role that is missing', () => {
    const rbac = rbacOf(
      { ...READER, kind: 'Role', metadata: { name: 'reader', namespace: 'payments' } },
      binding('ClusterRoleBinding', 'wide', { kind: 'Role', name: 'reader' }, [ALICE]),
      binding('ClusterRoleBinding', 'dangling', { kind: 'ClusterRole', name: 'gone' }, [ALICE]),
    );

    expect(allows(rbac, alice, request()).allowed).toBe(false);
  });

  test('matches a service account by its username', () => {
    const rbac = rbacOf(READER, binding('RoleBinding', 'reads', TO_READER, [{ kind: 'ServiceAccount', name: 'web' }]));

    expect(allows(rbac, { username: 'system:serviceaccount:payments:web', groups: [] }, request()).allowed).toBe(true);
    expect(allows(rbac, { username: 'web', groups: [] }, request()).allowed).toBe(false);
  });

  test('puts an aggregated role together where nobody filled it in', () => {
    const rbac = rbacOf(
      clusterRole('all', { rules: null, aggregationRule: { clusterRoleSelectors: [{ matchLabels: { to: 'all' } }] } }),
      { ...READER, metadata: { name: 'reader', labels: { to: 'all' } } },
      binding('ClusterRoleBinding', 'wide', { kind: 'ClusterRole', name: 'all' }, [ALICE]),
    );

    expect(allows(rbac, alice, request()).by?.role.name).toBe('all');
  });
});

describe('listAllowing', () => {
  test('lists every binding that allows, at either scope', () => {
    const rbac = rbacOf(
      READER,
      binding('RoleBinding', 'reads', TO_READER, [ALICE]),
      binding('ClusterRoleBinding', 'wide', TO_READER, []),
      {
        ...binding('RoleBinding', 'elsewhere', TO_READER, [ALICE]),
        metadata: { name: 'elsewhere', namespace: 'shop' },
      },
    );

    expect(listAllowing(rbac, request()).map((allowance) => allowance.binding.name)).toEqual(['reads', 'wide']);
    expect(listAllowing(rbac, request({ verb: 'delete' }))).toEqual([]);
  });
});

describe('withImpliedGroups', () => {
  test('adds what Kubernetes adds to those who are logged in', () => {
    expect(withImpliedGroups({ username: 'alice', groups: ['platform'] }).groups).toEqual([
      'platform',
      'system:authenticated',
    ]);
  });

  test('adds the groups of a service account', () => {
    expect(withImpliedGroups({ username: serviceAccountUsername('payments', 'web'), groups: [] }).groups).toEqual([
      'system:serviceaccounts',
      'system:serviceaccounts:payments',
      'system:authenticated',
    ]);
  });

  test('keeps the anonymous user apart', () => {
    expect(withImpliedGroups({ username: 'system:anonymous', groups: [] }).groups).toEqual(['system:unauthenticated']);
  });
});

/** One world of scripts/oracles/rbac: objects, questions, and what the upstream authorizer answered. */
interface World {
  readonly objects: readonly unknown[];
  readonly questions: readonly Question[];
  readonly answers: string;
}
type Question = readonly [
  user: string,
  groups: readonly string[],
  verb: string,
  apiGroup: string,
  resource: string,
  subresource: string,
  name: string,
  namespace: string,
  path: string | null,
];

const worlds: readonly World[] = readFileSync(
  new URL('../fixtures/oracles/rbac-questions.jsonl', import.meta.url),
  'utf8',
)
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));

describe('allows, asked what Kubernetes was asked', () => {
  test('answers every recorded question as Kubernetes does', () => {
    const asked = worlds.flatMap((world, index) => {
      const { rbac } = parseRbac(JSON.stringify({ kind: 'List', items: world.objects }), 'rbac.json');
      return world.questions.map((question, at) => {
        const [username, groups, verb, apiGroup, resource, subresource, name, namespace, path] = question;
        const request = { verb, apiGroup, resource, subresource, name, namespace, path };
        const { allowed } = allows(rbac, { username, groups }, request);
        return {
          allowed,
          expected: world.answers[at] === '1',
          question: `world ${index}: ${JSON.stringify(question)}`,
        };
      });
    });

    expect(asked.length).toBe(8000);
    expect(asked.filter(({ expected }) => expected).length).toBe(4010);
    expect(asked.filter(({ allowed, expected }) => allowed !== expected).map(({ question }) => question)).toEqual([]);
  });
});
