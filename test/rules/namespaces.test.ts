import { describe, expect, test } from 'vitest';
import { listGrantScopes, matchesNamespace, namespaceOf, scopeCovers } from '../../shared/rules/namespaces.ts';

describe('matchesNamespace', () => {
  test.each([
    ['payments', 'payments', true],
    ['payments', 'payments-dev', false],
    ['dev-*', 'dev-a', true],
    ['dev-*', 'dev-', true],
    ['dev-*', 'prod-dev-a', false],
    ['*-prod', 'shop-prod', true],
    ['*-prod', 'shop-prod-2', false],
    ['a*b*c', 'a-b-c', true],
    ['a*b*c', 'abbc', true],
    ['a*bc', 'abc', true],
    ['ab*ba', 'aba', false],
    ['*', 'kube-system', true],
    ['', 'payments', false],
    ['Dev', 'dev', false],
  ])('compares %s with %s', (pattern, namespace, matches) => {
    expect(matchesNamespace(pattern, namespace)).toBe(matches);
  });
});

describe('scopeCovers', () => {
  test('covers everything at cluster scope', () => {
    expect(scopeCovers({ type: 'cluster' }, null)).toBe(true);
    expect(scopeCovers({ type: 'cluster' }, 'payments')).toBe(true);
  });

  test('covers the namespaces named, and none of the cluster-scoped objects', () => {
    const scope = { type: 'namespace', namespaces: ['payments', 'dev-*'] } as const;

    expect(scopeCovers(scope, 'dev-a')).toBe(true);
    expect(scopeCovers(scope, 'shop')).toBe(false);
    expect(scopeCovers(scope, null)).toBe(false);
  });
});

describe('listGrantScopes', () => {
  test('takes a namespace scope of a star as the cluster', () => {
    expect(listGrantScopes({ type: 'namespace', namespaces: ['payments', '*'] })).toEqual(['cluster']);
  });

  test('keeps each pattern of a namespace scope', () => {
    expect(listGrantScopes({ type: 'namespace', namespaces: ['payments', 'dev-*'] })).toEqual([
      'namespace:payments',
      'namespace:dev-*',
    ]);
  });
});

describe('namespaceOf', () => {
  test('reads the namespace of a grant, and none of the cluster', () => {
    expect(namespaceOf('namespace:payments')).toBe('payments');
    expect(namespaceOf('cluster')).toBeNull();
  });
});
