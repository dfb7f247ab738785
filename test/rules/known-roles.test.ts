import { describe, expect, test } from 'vitest';
import { isDefaultRole } from '../../shared/rules/default-rbac.ts';
import { findKnownRole } from '../../shared/rules/known-roles.ts';
import { gradeRules } from '../../shared/rules/levels.ts';

const context = { awsAuthCounts: true, findRole: () => null, findGrants: () => [] };

describe('findKnownRole', () => {
  test.each([
    ['cluster-admin', 'cluster-admin'],
    ['admin', 'admin-equivalent'],
    ['edit', 'admin-equivalent'],
    ['view', 'limited'],
    ['system:basic-user', 'limited'],
  ])('knows the rules of %s, which make %s of it', (name, level) => {
    const role = findKnownRole('ClusterRole', name, null);

    expect(gradeRules(role?.rules ?? [], 'cluster', context).level).toBe(level);
    expect(role !== null && isDefaultRole(role)).toBe(true);
  });

  test('knows a Role by its namespace', () => {
    expect(findKnownRole('Role', 'system::leader-locking-kube-scheduler', 'kube-system')?.namespace).toBe(
      'kube-system',
    );
    expect(findKnownRole('Role', 'system::leader-locking-kube-scheduler', 'dev')).toBeNull();
  });

  test('knows nothing of roles that a customer made, whatever they are called', () => {
    expect(findKnownRole('ClusterRole', 'pod-reader', null)).toBeNull();
    expect(findKnownRole('ClusterRole', '__proto__', null)).toBeNull();
    expect(findKnownRole('Role', 'admin', 'dev')).toBeNull();
  });
});
