import { describe, expect, test } from 'vitest';
import { isForeign, isOfCore, isWildcard, listEscalations, wordRule } from '../../shared/rules/wide-rules.ts';
import { policyRule } from '../support/facts.ts';

const of = (...apiGroups: readonly string[]) => policyRule({ apiGroups, resources: ['x'], verbs: ['get'] });

describe('isForeign', () => {
  test.each([
    [of('x.example.com'), true],
    [of('metrics.k8s.io', 'snapshot.storage.k8s.io'), true],
    [of('x.example.com', 'apps'), false],
    [of(''), false],
    [of('*'), false],
    [policyRule({ apiGroups: [], nonResourceURLs: ['/metrics'], verbs: ['*'] }), false],
  ])('judges %j', (rule, expected) => {
    expect(isForeign(rule)).toBe(expected);
  });
});

describe('isOfCore and isWildcard', () => {
  test('look at groups, and at the bare star', () => {
    expect([isOfCore(of('')), isOfCore(of('*')), isOfCore(of('apps'))]).toEqual([true, true, false]);
    expect([isWildcard(of('*')), isWildcard({ ...of(''), resources: ['*'] })]).toEqual([false, true]);
    expect(isWildcard({ ...of(''), resources: ['*/scale'] })).toBe(false);
  });
});

describe('listEscalations', () => {
  test('wants the right in so many letters, for a bare star is told as a wildcard', () => {
    const roles = policyRule({ apiGroups: ['*'], resources: ['clusterroles'], verbs: ['*'] });

    expect(listEscalations([roles])).toEqual([]);
    expect(listEscalations([{ ...roles, verbs: ['bind', '*'] }])).toHaveLength(1);
    expect(listEscalations([policyRule({ resources: ['*'], verbs: ['create'] })])).toEqual([]);
    expect(listEscalations([policyRule({ resources: ['serviceaccounts/token'], verbs: ['*'] })])).toHaveLength(1);
  });

  test('keeps the names of the targets', () => {
    const rule = policyRule({ resources: ['groups'], verbs: ['impersonate'], resourceNames: ['developers'] });

    expect(listEscalations([rule])).toEqual([{ words: 'impersonate', names: ['developers'] }]);
  });
});

describe('wordRule', () => {
  test('names the core group, any group, and paths, and cuts long lists', () => {
    expect(wordRule(of(''))).toBe('get on x of core');
    expect(wordRule(of('apps', '*'))).toBe('get on x of every API group');
    expect(wordRule(policyRule({ nonResourceURLs: ['/metrics'], verbs: ['get'] }))).toBe('get on /metrics');
    expect(wordRule({ ...of('apps'), resources: ['a', 'b', 'c', 'd', 'e', 'f'] })).toBe('get on a,b,c,d,e,… of apps');
  });
});
