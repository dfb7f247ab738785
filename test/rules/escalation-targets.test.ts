import { describe, expect, test } from 'vitest';
import { listSteps } from '../../shared/rules/escalation-targets.ts';
import { gradeContext, rules } from '../support/rules.ts';

describe('listSteps', () => {
  test('names no step of rules without names', () => {
    expect(listSteps([{ rules: rules('impersonate | core | users'), scope: 'cluster' }], gradeContext())).toEqual([]);
  });

  test('steps to a service account of the namespace', () => {
    const held = [
      { rules: rules('create | core | serviceaccounts/token | web'), scope: 'namespace:payments' },
    ] as const;

    expect(listSteps(held, gradeContext())).toEqual([
      {
        key: 'ServiceAccount/payments/web',
        how: 'may create tokens of service account payments/web',
        held: [],
        onlyControl: false,
      },
    ]);
  });

  test('steps to a role at every scope at which it can come to hold', () => {
    const bound = rules('get | core | pods');
    const held = [
      { rules: rules('bind | rbac.authorization.k8s.io | clusterroles | view'), scope: 'cluster' },
      { rules: rules('create | rbac.authorization.k8s.io | clusterrolebindings,rolebindings'), scope: 'cluster' },
    ] as const;

    expect(listSteps(held, gradeContext({ findRole: () => bound })).map(({ key }) => key)).toEqual([
      'ClusterRole/-/view@cluster',
      'ClusterRole/-/view@namespace:kube-system',
    ]);
  });
});
