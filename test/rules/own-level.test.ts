import { describe, expect, test } from 'vitest';
import { gradeOwn, listAbilitiesByScope, reachOf, stronger } from '../../shared/rules/own-level.ts';
import { rules } from '../support/rules.ts';

describe('reachOf', () => {
  test('sets kube-system apart, by pattern too', () => {
    expect(reachOf('cluster')).toBe('cluster');
    expect(reachOf('namespace:kube-system')).toBe('kube-system');
    expect(reachOf('namespace:*-system')).toBe('kube-system');
    expect(reachOf('namespace:payments')).toBe('namespace');
  });
});

describe('stronger', () => {
  test('prefers the first of equals', () => {
    const first = { level: 'unknown', reason: 'first' } as const;

    expect(stronger(first, { level: 'unknown', reason: 'second' })).toBe(first);
    expect(stronger(first, { level: 'namespace-admin', reason: 'less' })).toBe(first);
    expect(stronger(first, { level: 'admin-equivalent', reason: 'more' }).reason).toBe('more');
  });
});

describe('listAbilitiesByScope', () => {
  test('adds what holds in the cluster to each namespace', () => {
    const abilities = listAbilitiesByScope([
      { rules: rules('get | core | secrets'), scope: 'cluster' },
      { rules: rules('create | core | pods'), scope: 'namespace:payments' },
    ]);

    expect([...(abilities.get('cluster') ?? [])]).toEqual(['read-secrets']);
    expect([...(abilities.get('namespace:payments') ?? [])].sort()).toEqual(['create-pods', 'read-secrets']);
  });
});

describe('gradeOwn', () => {
  test('takes the strongest of all scopes', () => {
    const held = [
      { rules: rules('get | core | secrets'), scope: 'cluster' },
      { rules: rules('create | core | pods'), scope: 'namespace:payments' },
    ] as const;

    expect(gradeOwn(held, false)).toEqual({
      level: 'namespace-admin',
      reason: 'may create pods in namespace payments, and a pod may run as any service account of its namespace',
    });
  });
});
