import { describe, expect, test } from 'vitest';
import { resolveRbac } from '../../shared/access/bindings.ts';
import type { Binding, Role } from '../../shared/model/rbac.ts';
import { bind, clusterRole } from '../support/evidence.ts';
import { policyRule, subject } from '../support/facts.ts';
import { binding, role } from '../support/rbac-writes.ts';

const everything = policyRule({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] });
const readPods = policyRule({ resources: ['pods'], verbs: ['get'] });
const alice = subject('User', 'alice');

function resolve(roles: readonly Role[], bindings: readonly Binding[], awsAuthCounts = true) {
  return resolveRbac({ roles, bindings }, awsAuthCounts);
}

describe('resolveRbac: roles', () => {
  const collecting = (...rules: Role['rules']): Role =>
    role({
      name: 'collector',
      rules,
      aggregates: [{ matchLabels: { team: 'x' }, matchExpressions: [] }],
    });
  const collected = role({ name: 'part', labels: { team: 'x' }, rules: [everything] });

  test('puts together what a published role leaves to aggregation', () => {
    const { roles } = resolve([collecting(), collected], []);

    expect(roles.map(({ name, effectiveRules, level }) => [name, effectiveRules, level])).toEqual([
      ['collector', [everything], 'cluster-admin'],
      ['part', [everything], 'cluster-admin'],
    ]);
  });

  test('believes the rules of a live role, which the cluster has put together', () => {
    const { roles } = resolve([collecting(readPods), collected], []);

    expect(roles[0]?.effectiveRules).toEqual([readPods]);
  });

  test('does not collect from roles of a namespace', () => {
    const local = role({ ...collected, kind: 'Role', namespace: 'dev' });

    expect(resolve([collecting(), local], []).roles[0]?.effectiveRules).toEqual([]);
  });

  test('grades a role of a namespace by that namespace', () => {
    const { roles } = resolve([role({ kind: 'Role', namespace: 'dev', rules: [everything] })], []);

    expect(roles[0]?.level).toBe('namespace-admin');
  });

  test('keeps the roles of one name in two namespaces apart', () => {
    const of = (namespace: string, rule: Role['rules'][number]) =>
      role({ kind: 'Role', name: 'same', namespace, rules: [rule] });
    const to = (namespace: string) =>
      binding({ kind: 'RoleBinding', name: 'b', namespace, role: { kind: 'Role', name: 'same' }, subjects: [alice] });

    const { bindings } = resolve([of('dev', everything), of('test', readPods)], [to('dev'), to('test'), to('prod')]);

    expect(bindings.map(({ namespace, level, resolvedRole }) => [namespace, level, resolvedRole !== null])).toEqual([
      ['dev', 'namespace-admin', true],
      ['test', 'limited', true],
      ['prod', 'limited', false],
    ]);
  });
});

describe('resolveRbac: bindings', () => {
  test('grades one ClusterRole by the scope of each binding', () => {
    const bindings = [null, 'dev', 'kube-system'].map((namespace) => bind('all', [alice], namespace));

    expect(resolve([clusterRole('all', everything)], bindings).bindings.map(({ level }) => level)).toEqual([
      'cluster-admin',
      'namespace-admin',
      'admin-equivalent',
    ]);
  });

  test('says of a binding to a role that does not exist that it grants nothing', () => {
    const [one] = resolve([], [bind('later', [alice])]).bindings;

    expect([one?.level, one?.resolvedRole, one?.reason]).toEqual([
      'limited',
      null,
      'grants nothing, for its role does not exist',
    ]);
  });

  test('does not mistake a ClusterRole for a Role of the same name', () => {
    const local = binding({
      kind: 'RoleBinding',
      namespace: 'dev',
      role: { kind: 'Role', name: 'all' },
      subjects: [alice],
    });

    expect(resolve([clusterRole('all', everything)], [local]).bindings[0]?.resolvedRole).toBeNull();
  });

  test('calls a binding a default only when its role is one too', () => {
    const masters = binding({ name: 'cluster-admin', subjects: [subject('Group', 'system:masters')] });
    const odd = clusterRole('cluster-admin', everything);
    const widened = { ...odd, aggregates: [{ matchLabels: { team: 'x' }, matchExpressions: [] }] };

    expect(resolve([odd], [masters]).bindings[0]?.isDefault).toBe(true);
    expect(resolve([widened], [masters]).bindings[0]?.isDefault).toBe(false);
  });

  test('lists a binding once for a subject that it names twice', () => {
    const { bindingsBySubject } = resolve([], [bind('x', [alice, alice, subject('Group', 'alice')])]);

    expect([...bindingsBySubject].map(([key, list]) => [key, list.length])).toEqual([
      ['User/alice', 1],
      ['Group/alice', 1],
    ]);
  });

  test('takes names of every object for keys like others', () => {
    const { bindingsBySubject } = resolve(
      [clusterRole('__proto__', everything)],
      [bind('__proto__', [subject('User', 'constructor')])],
    );

    expect(bindingsBySubject.get('User/constructor')?.[0]?.level).toBe('cluster-admin');
  });

  test('finds what a bound name would get by impersonating another', () => {
    const impersonator = clusterRole(
      'impersonator',
      policyRule({ resources: ['users'], verbs: ['impersonate'], resourceNames: ['root'] }),
    );
    const roles = [clusterRole('all', everything), impersonator];
    const own = bind('impersonator', [alice]);

    expect(resolve(roles, [own]).bindings[0]?.level).toBe('limited');
    expect(resolve(roles, [own, bind('all', [subject('User', 'root')])]).bindings[0]?.level).toBe('admin-equivalent');
  });

  test('counts a write of aws-auth only where the mode reads it', () => {
    const writer = clusterRole(
      'writer',
      policyRule({ resources: ['configmaps'], verbs: ['update'], resourceNames: ['aws-auth'] }),
    );
    const own = [bind('writer', [alice], 'kube-system')];

    expect(resolve([writer], own, true).bindings[0]?.level).toBe('admin-equivalent');
    expect(resolve([writer], own, false).bindings[0]?.level).toBe('limited');
  });
});
