import { describe, expect, test } from 'vitest';
import { listAbilities, listNamedTargets } from '../../shared/rules/abilities.ts';
import { rules } from '../support/rules.ts';

describe('listAbilities', () => {
  test('finds everything in three stars', () => {
    expect(listAbilities(rules('* | * | *')).size).toBe(21);
  });

  test('finds nothing in a role that reads pods', () => {
    expect([...listAbilities(rules('get,list,watch | core | pods,pods/log'))]).toEqual([]);
  });

  test('gives the same answer for the same list without a second look', () => {
    const role = rules('get | core | secrets');

    expect(listAbilities(role)).toBe(listAbilities(role));
  });
});

describe('listNamedTargets', () => {
  test('lists each name that a verb of escalation is limited to', () => {
    expect(listNamedTargets(rules('bind | rbac.authorization.k8s.io | clusterroles | view,edit'))).toEqual([
      { by: 'bind', kind: 'ClusterRole', name: 'view' },
      { by: 'bind', kind: 'ClusterRole', name: 'edit' },
    ]);
  });

  test('reads a star of resources as each kind', () => {
    expect(listNamedTargets(rules('impersonate | core | * | alice'))).toEqual([
      { by: 'impersonate', kind: 'User', name: 'alice' },
      { by: 'impersonate', kind: 'Group', name: 'alice' },
      { by: 'impersonate', kind: 'ServiceAccount', name: 'alice' },
    ]);
  });

  test('lists no target of a rule without names', () => {
    expect(listNamedTargets(rules('impersonate | core | users'))).toEqual([]);
  });
});
