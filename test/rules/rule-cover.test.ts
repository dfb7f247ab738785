import { describe, expect, test } from 'vitest';
import { listUncovered } from '../../shared/rules/rule-cover.ts';
import { rules } from '../support/rules.ts';

describe('listUncovered', () => {
  const known = rules(
    'get,list | core,apps | pods,*/scale',
    'update | core | configmaps | lock',
    'get | /healthz,/logs/*',
  );

  test.each([
    'get | core | pods',
    'get,list | apps | deployments/scale',
    'update | core | configmaps | lock',
    'get | /logs/kubelet',
    '| core | secrets',
  ])('passes over %s', (rule) => {
    expect(listUncovered(rules(rule), known)).toEqual([]);
  });

  test.each([
    'watch | core | pods',
    '* | core | pods',
    'get | * | pods',
    'get | core | *',
    'get | core | pods/log',
    'update | core | configmaps',
    'update | core | configmaps | lock,aws-auth',
    'get | /logs*',
    'get | /healthz,/metrics',
  ])('names %s', (rule) => {
    expect(listUncovered(rules(rule), known)).toEqual(rules(rule));
  });

  test('names a rule that is too large to be one of those known', () => {
    const verbs = Array.from({ length: 10_001 }, () => 'get').join(',');

    expect(listUncovered(rules(`${verbs} | core | pods`), known).length).toBe(1);
  });
});
