import { describe, expect, test } from 'vitest';
import type { Identity } from '../../shared/model/principal.ts';
import type { Rbac } from '../../shared/model/rbac.ts';
import { listMissingAccess, NO_ACCESS, resolveEffectiveAccess } from '../../shared/rules/effective-access.ts';
import { bind, clusterRole } from '../support/evidence.ts';
import { associatedPolicy, subject } from '../support/facts.ts';
import { rules } from '../support/rules.ts';

const READER = clusterRole('reader', ...rules('get,list | core | pods', 'get | /metrics'));

function rbac(...bindings: Rbac['bindings']): Rbac {
  return { roles: [READER], bindings };
}

function resolve(
  identity: Identity,
  in_: Rbac,
  policies: Parameters<typeof resolveEffectiveAccess>[0]['policies'] = [],
) {
  return resolveEffectiveAccess({ identity, policies }, in_);
}

const DEV: Identity = { username: 'dev', groups: ['developers'] };
const NAMESPACED = { scope: { type: 'namespace', namespaces: ['dev-*'] } } as const;

describe('resolveEffectiveAccess', () => {
  test('holds the rules of every binding of the username, the groups and everybody, each where it is bound', () => {
    const { held } = resolve(
      DEV,
      rbac(
        bind('reader', [subject('User', 'dev')]),
        bind('reader', [subject('Group', 'developers')], 'payments'),
        bind('reader', [subject('Group', 'system:authenticated')], 'shared'),
        bind('reader', [subject('Group', 'others')]),
      ),
    );

    expect(held.map(({ scope }) => scope)).toEqual(['cluster', 'namespace:payments', 'namespace:shared']);
  });

  test('counts every bound name that a session could take, and none that holds another colon', () => {
    const bound = rbac(
      ...['dev:alice', 'dev:a:b', 'alice'].map((name) =>
        bind('reader', [subject('User', name)], name.replaceAll(':', '-')),
      ),
    );

    const { held } = resolve({ username: 'dev:{{SessionName}}', groups: [] }, bound);

    expect(held.map(({ scope }) => scope)).toEqual(['namespace:dev-alice']);
  });

  test('takes a group that a session can turn into system:masters for that', () => {
    const { held } = resolve({ username: 'x', groups: ['system:{{SessionName}}'] }, rbac());

    expect(held).toEqual([{ scope: 'cluster', rules: rules('* | * | *', '* | *') }]);
  });

  test('names policies of which AWS does not publish all rules', () => {
    const policies = [associatedPolicy({ name: 'AmazonEKSQuantumPolicy', ...NAMESPACED }), associatedPolicy()];

    expect(resolve(DEV, rbac(), policies).uncharted).toEqual(['AmazonEKSQuantumPolicy at namespace:dev-*']);
  });

  test('takes for a node who has its name and its group', () => {
    expect(resolve({ username: 'system:node:x', groups: ['system:nodes'] }, rbac()).isNode).toBe(true);
    expect(resolve({ username: 'system:node:x', groups: [] }, rbac()).isNode).toBe(false);
  });
});

describe('listMissingAccess', () => {
  const wide = resolve(DEV, rbac(bind('reader', [subject('User', 'dev')])));
  const narrow = resolve(DEV, rbac(bind('reader', [subject('User', 'dev')], 'dev-1')));

  test('finds nothing that is missing in what holds everywhere', () => {
    expect(listMissingAccess(narrow, wide)).toEqual([]);
  });

  test('finds what holds in one namespace alone missing elsewhere', () => {
    expect(listMissingAccess(wide, narrow)).toEqual([
      { scope: 'cluster', rule: rules('get,list | core | pods')[0] },
      { scope: 'cluster', rule: rules('get | /metrics')[0] },
    ]);
  });

  test('takes a namespace scope with a star for every namespace that it matches', () => {
    const admin = resolve(DEV, rbac(), [associatedPolicy(NAMESPACED)]);

    expect(listMissingAccess(narrow, admin)).toEqual([]);
    expect(listMissingAccess(wide, admin)).not.toEqual([]);
  });

  test('counts no path inside of a namespace', () => {
    const pods = clusterRole('reader', ...rules('get,list | core | pods'));
    const bound = { roles: [pods], bindings: [bind('reader', [subject('User', 'dev')], 'dev-1')] };

    expect(listMissingAccess(narrow, resolve(DEV, bound))).toEqual([]);
  });

  test('gives everything where the other has nothing', () => {
    expect(listMissingAccess(narrow, NO_ACCESS)).toHaveLength(1);
  });
});
