import { describe, expect, test } from 'vitest';
import { openSubstitutes } from '../../shared/migration/substitutes.ts';
import type { Binding, PolicyRule, Role } from '../../shared/model/rbac.ts';
import { findAccessPolicy } from '../../shared/rules/access-policies.ts';
import { bind, clusterRole } from '../support/evidence.ts';
import { facts, mapping, resolvedBinding, subject } from '../support/facts.ts';
import { rules } from '../support/rules.ts';

const VIEW: readonly PolicyRule[] = findAccessPolicy('AmazonEKSViewPolicy')?.rules ?? [];
const READERS = subject('Group', 'system:readers');

function open(roles: readonly Role[], bindings: readonly Binding[], groups: readonly string[] = []) {
  const known = facts({
    bindings: bindings.map((binding) => resolvedBinding({ ...binding, resolvedRole: null })),
    mappings: [mapping({ identity: { username: 'x', groups } })],
  });
  return openSubstitutes(known, { roles, bindings });
}

describe('openSubstitutes', () => {
  test('takes the policy of a role that has just its rules, at the places of its bindings', () => {
    const bindings = ['payments', 'orders'].map((namespace) => bind('view', [READERS], namespace));

    expect(open([clusterRole('view', ...VIEW)], bindings)('Group', 'system:readers')).toEqual({
      group: null,
      bindings: [],
      policies: [
        {
          name: 'AmazonEKSViewPolicy',
          policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
          scope: { type: 'namespace', namespaces: ['orders', 'payments'] },
        },
      ],
    });
  });

  test('takes the whole cluster where one of the bindings does', () => {
    const bindings = [bind('view', [READERS], 'payments'), bind('view', [READERS])];

    expect(open([clusterRole('view', ...VIEW)], bindings)('Group', 'system:readers').policies[0]?.scope).toEqual({
      type: 'cluster',
    });
  });

  test.each([
    ['more than the policy', [...VIEW, ...rules('get | core | secrets')]],
    ['less than the policy', VIEW.slice(1)],
    ['nothing, for it is missing', null],
  ])('makes a group where the role has %s', (_what, held) => {
    const roles = held === null ? [] : [clusterRole('view', ...held)];

    const { group, policies, bindings } = open(roles, [bind('view', [READERS], 'payments')])('Group', 'system:readers');

    expect({ group, policies }).toEqual({ group: 'from-aws-auth:system-readers', policies: [] });
    expect(bindings).toEqual([
      {
        ...{ kind: 'RoleBinding', name: 'from-aws-auth-system-readers', namespace: 'payments' },
        ...{ role: { kind: 'ClusterRole', name: 'view' }, group: 'from-aws-auth:system-readers' },
        standsFor: { kind: 'Group', name: 'system:readers' },
      },
    ]);
  });

  test('makes a group where one of the bindings is to another role', () => {
    const roles = [clusterRole('view', ...VIEW), clusterRole('reader', ...VIEW)];
    const bindings = [bind('view', [READERS]), bind('reader', [READERS])];

    const { group, bindings: made } = open(roles, bindings)('Group', 'system:readers');

    expect(group).toBe('from-aws-auth:system-readers');
    expect(made.map(({ name }) => name)).toEqual(['from-aws-auth-system-readers', 'from-aws-auth-system-readers-2']);
  });

  test('takes no name that somebody has already', () => {
    const taken = 'from-aws-auth:system-readers';
    const bindings = [{ ...bind('reader', [READERS]), name: 'from-aws-auth-system-readers' }];

    const { group, bindings: made } = open([], bindings, [taken])('Group', 'system:readers');

    expect(group).toBe(`${taken}-2`);
    expect(made[0]?.name).toBe('from-aws-auth-system-readers-2');
  });

  test('gives the same to all that carry a name', () => {
    const substitute = open([], [bind('reader', [READERS])]);

    expect(substitute('Group', 'system:readers')).toBe(substitute('Group', 'system:readers'));
  });

  test('makes nothing where nothing is bound, and takes a user for bound as a service account', () => {
    const account = subject('ServiceAccount', 'web', 'payments');
    const substitute = open([], [bind('reader', [account])]);

    expect(substitute('Group', 'system:other')).toEqual({ policies: [], group: null, bindings: [] });
    expect(substitute('User', 'system:serviceaccount:payments:web').bindings).toHaveLength(1);
  });

  test('makes names of letters that Kubernetes takes of any other', () => {
    const name = 'system:Ünïcode\n$(x)/..';
    const { group, bindings } = open([], [bind('reader', [subject('Group', name)])])('Group', name);

    expect([group, bindings[0]?.name]).toEqual(['from-aws-auth:system-n-code-x', 'from-aws-auth-system-n-code-x']);
  });
});
