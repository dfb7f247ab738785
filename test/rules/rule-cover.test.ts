import { describe, expect, test } from 'vitest';
import { listMissing, listUncovered } from '../../shared/rules/rule-cover.ts';
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

describe('listMissing', () => {
  test('gives single permissions, those of the same verbs together', () => {
    const known = rules('get | core | pods,services', 'list | core | pods');

    expect(listMissing(rules('get,list | core | pods,services,secrets'), known)).toEqual(
      rules('get,list | core | secrets', 'list | core | services'),
    );
  });

  test('tells names and paths apart', () => {
    const known = rules('get | core | secrets | db', 'get | /healthz');

    expect(listMissing(rules('get | core | secrets | db,web', 'get | /healthz,/logs/*'), known)).toEqual(
      rules('get | core | secrets | web', 'get | /logs/*'),
    );
  });

  test('leaves a rule of too many permissions whole, and passes over one that is the same', () => {
    const names = Array.from({ length: 10_001 }, (_, index) => `secret-${index}`).join(',');
    const huge = rules(`get | core | secrets | ${names}`);

    expect(listMissing(huge, [])).toEqual(huge);
    expect(listMissing(huge, rules(`get | core | secrets | ${names}`))).toEqual([]);
  });
});
