import { describe, expect, test } from 'vitest';
import { parseRule } from '../../shared/rules/rule-notation.ts';

describe('parseRule', () => {
  test('reads a rule for resources, the core group by its name here', () => {
    expect(parseRule('get,list | core,apps | pods,deployments/scale')).toEqual({
      verbs: ['get', 'list'],
      apiGroups: ['', 'apps'],
      resources: ['pods', 'deployments/scale'],
      resourceNames: [],
      nonResourceURLs: [],
    });
  });

  test('reads the names that a rule is limited to', () => {
    expect(parseRule('get | core | configmaps | aws-auth, coredns').resourceNames).toEqual(['aws-auth', 'coredns']);
  });

  test('reads a rule for paths', () => {
    expect(parseRule('get | /healthz,/livez')).toEqual({
      verbs: ['get'],
      apiGroups: [],
      resources: [],
      resourceNames: [],
      nonResourceURLs: ['/healthz', '/livez'],
    });
  });
});
