import { describe, expect, test } from 'vitest';
import type { LabelSelector, Role } from '../../shared/model/rbac.ts';
import { aggregateRules, isValidSelector, matchesSelector } from '../../shared/rules/aggregation.ts';
import { ref } from '../support/coverage.ts';
import { rules } from '../support/rules.ts';

function clusterRole(name: string, more: Partial<Role> = {}): Role {
  return {
    kind: 'ClusterRole',
    name,
    namespace: null,
    rules: [],
    aggregates: [],
    labels: {},
    annotations: {},
    createdAt: null,
    evidence: ref('rbac'),
    ...more,
  };
}

const labelled = (matchLabels: Readonly<Record<string, string>>): LabelSelector => ({
  matchLabels,
  matchExpressions: [],
});
const expressed = (key: string, operator: string, values: readonly string[] = []): LabelSelector => ({
  matchLabels: {},
  matchExpressions: [{ key, operator, values }],
});

describe('matchesSelector', () => {
  test.each<[string, LabelSelector, Readonly<Record<string, string>>, boolean]>([
    ['an equal label', labelled({ tier: 'one' }), { tier: 'one', team: 'a' }, true],
    ['another value', labelled({ tier: 'one' }), { tier: 'two' }, false],
    ['one label of two', labelled({ tier: 'one', team: 'a' }), { tier: 'one' }, false],
    ['no condition at all', labelled({}), {}, true],
    ['a value that is listed', expressed('team', 'In', ['a', 'b']), { team: 'b' }, true],
    ['a value that is not listed', expressed('team', 'In', ['a', 'b']), { team: 'c' }, false],
    ['a missing label against a list', expressed('team', 'In', ['a']), {}, false],
    ['a value that is excluded', expressed('team', 'NotIn', ['a']), { team: 'a' }, false],
    ['a missing label against an exclusion', expressed('team', 'NotIn', ['a']), {}, true],
    ['a label that exists', expressed('team', 'Exists'), { team: '' }, true],
    ['a label that does not exist', expressed('team', 'Exists'), {}, false],
    ['the absence of a label', expressed('team', 'DoesNotExist'), {}, true],
    ['a name that every object inherits', expressed('toString', 'Exists'), {}, false],
    ['an operator that Kubernetes does not know', expressed('team', 'Like', ['a']), { team: 'a' }, false],
  ])('compares %s', (_name, selector, labels, matches) => {
    expect(matchesSelector(selector, labels)).toBe(matches);
  });
});

describe('isValidSelector', () => {
  test('wants values for a list, and none for existence', () => {
    expect(isValidSelector(expressed('team', 'In', ['a']))).toBe(true);
    expect(isValidSelector(expressed('team', 'In'))).toBe(false);
    expect(isValidSelector(expressed('team', 'Exists', ['a']))).toBe(false);
    expect(isValidSelector(expressed('team', 'Like', ['a']))).toBe(false);
  });
});

describe('aggregateRules', () => {
  const pods = rules('get | core | pods');
  const nodes = rules('get | core | nodes');

  test('joins the rules of every role that a selector matches, each rule once', () => {
    const admin = clusterRole('admin', { aggregates: [labelled({ to: 'admin' }), expressed('extra', 'Exists')] });
    const all = [
      admin,
      clusterRole('a', { labels: { to: 'admin' }, rules: pods }),
      clusterRole('b', { labels: { extra: '' }, rules: [...nodes, ...rules('get | core | pods')] }),
      clusterRole('c', { labels: { to: 'view' }, rules: rules('* | * | *') }),
    ];

    expect(new Set(aggregateRules(admin, all))).toEqual(new Set([...pods, ...nodes]));
  });

  test('believes an object whose rules are filled in', () => {
    const admin = clusterRole('admin', { aggregates: [labelled({})], rules: pods });

    expect(aggregateRules(admin, [admin, clusterRole('b', { rules: nodes })])).toBe(pods);
  });

  test('follows roles that are aggregated themselves, and ends on circles', () => {
    const admin = clusterRole('admin', { aggregates: [labelled({ to: 'admin' })], labels: { to: 'edit' } });
    const edit = clusterRole('edit', { aggregates: [labelled({ to: 'edit' })], labels: { to: 'admin' } });
    const base = clusterRole('base', { labels: { to: 'edit' }, rules: pods });

    expect(aggregateRules(admin, [admin, edit, base])).toEqual(pods);
  });

  test('gives nothing for a selector that the controller would refuse', () => {
    const admin = clusterRole('admin', { aggregates: [labelled({}), expressed('team', 'Like', ['a'])] });

    expect(aggregateRules(admin, [admin, clusterRole('b', { rules: nodes })])).toEqual([]);
  });
});
