import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseRbac } from '../../shared/evidence/rbac.ts';
import type { Binding, PolicyRule, Role } from '../../shared/model/rbac.ts';
import { aggregateRules } from '../../shared/rules/aggregation.ts';
import { isDefaultBinding, isDefaultRole } from '../../shared/rules/default-rbac.ts';
import { rules } from '../support/rules.ts';

function role(
  name: string,
  held: readonly PolicyRule[],
  more: Partial<Role> = {},
): Parameters<typeof isDefaultRole>[0] {
  return { kind: 'ClusterRole', namespace: null, name, rules: held, aggregates: [], ...more };
}

function binding(
  name: string,
  roleName: string,
  ...subjects: Binding['subjects']
): Parameters<typeof isDefaultBinding>[0] {
  return { kind: 'ClusterRoleBinding', namespace: null, name, role: { kind: 'ClusterRole', name: roleName }, subjects };
}
const user = (name: string) => ({ kind: 'User', name, namespace: null }) as const;
const group = (name: string) => ({ kind: 'Group', name, namespace: null }) as const;

describe('isDefaultRole', () => {
  test('knows a role of Kubernetes by its rules, and by a part of them', () => {
    expect(
      isDefaultRole(role('system:public-info-viewer', rules('get | /healthz,/livez,/readyz,/version,/version/'))),
    ).toBe(true);
    expect(isDefaultRole(role('system:public-info-viewer', rules('get | /healthz')))).toBe(true);
    expect(isDefaultRole(role('system:public-info-viewer', []))).toBe(true);
  });

  test('does not believe a name whose rules go further', () => {
    expect(isDefaultRole(role('system:public-info-viewer', rules('get | /healthz*')))).toBe(false);
    expect(isDefaultRole(role('system:public-info-viewer', rules('get | /healthz', 'get | core | pods')))).toBe(false);
    expect(isDefaultRole(role('system:basic-user', rules('create | core | pods')))).toBe(false);
  });

  test('does not believe a name of EKS whose published rules go another way', () => {
    expect(isDefaultRole(role('eks:node-manager', rules('get,list | core | pods')))).toBe(true);
    expect(isDefaultRole(role('eks:node-manager', rules('get | core | secrets')))).toBe(false);
    expect(isDefaultRole(role('eks:node-manager', rules('* | core | pods')))).toBe(false);
  });

  test('lets a role of EKS grow by what gives no power', () => {
    expect(isDefaultRole(role('eks:node-manager', rules('get | core | pods', 'get | apps | daemonsets')))).toBe(true);
  });

  test('bounds a role of EKS whose rules nobody publishes', () => {
    expect(isDefaultRole(role('eks:service-operations', rules('get,list,watch | * | *')))).toBe(true);
    expect(isDefaultRole(role('eks:service-operations', rules('* | * | *')))).toBe(false);
  });

  test('knows no other role by the prefix alone', () => {
    expect(isDefaultRole(role('eks:helper', rules('get | core | pods')))).toBe(false);
    expect(isDefaultRole(role('payments', []))).toBe(false);
    expect(isDefaultRole(role('aws-node', [], { kind: 'Role', namespace: 'payments' }))).toBe(false);
  });

  test('takes what operators aggregate into the roles for users as theirs', () => {
    const view = (...lines: readonly string[]) => role('view', rules('get | core | pods', ...lines));

    expect(isDefaultRole(view('* | cert-manager.io | *'))).toBe(true);
    expect(isDefaultRole(view('get | metrics.k8s.io | pods'))).toBe(true);
    expect(isDefaultRole(view('get | core | secrets'))).toBe(false);
    expect(isDefaultRole(view('get | * | *'))).toBe(false);
  });

  test('sees another selector on a role for users', () => {
    const selecting = (label: string) =>
      role('view', [], { aggregates: [{ matchLabels: { [label]: 'true' }, matchExpressions: [] }] });

    expect(isDefaultRole(selecting('rbac.authorization.k8s.io/aggregate-to-view'))).toBe(true);
    expect(isDefaultRole(selecting('rbac.authorization.k8s.io/aggregate-to-admin'))).toBe(false);
  });
});

describe('isDefaultBinding', () => {
  test('knows cluster-admin to system:masters, and nobody else', () => {
    expect(isDefaultBinding(binding('cluster-admin', 'cluster-admin', group('system:masters')))).toBe(true);
    expect(isDefaultBinding(binding('cluster-admin', 'cluster-admin', group('system:masters'), user('alice')))).toBe(
      false,
    );
    expect(isDefaultBinding(binding('cluster-admin-2', 'cluster-admin', group('system:masters')))).toBe(false);
  });

  test('knows the public paths for everybody, and not the leftovers of Kubernetes 1.13', () => {
    const everybody = [group('system:authenticated'), group('system:unauthenticated')];

    expect(isDefaultBinding(binding('system:public-info-viewer', 'system:public-info-viewer', ...everybody))).toBe(
      true,
    );
    expect(isDefaultBinding(binding('system:discovery', 'system:discovery', ...everybody))).toBe(false);
  });

  test('knows the add-on manager as cluster-admin', () => {
    expect(isDefaultBinding(binding('eks:addon-cluster-admin', 'cluster-admin', user('eks:addon-manager')))).toBe(true);
    expect(isDefaultBinding(binding('eks:addon-cluster-admin', 'cluster-admin', group('eks:addon-manager')))).toBe(
      false,
    );
    expect(isDefaultBinding(binding('eks:other-admin', 'cluster-admin', user('eks:addon-manager')))).toBe(false);
  });

  test("knows a new service of EKS by its form, and no customer's subject in it", () => {
    expect(isDefaultBinding(binding('eks:tomorrow', 'eks:tomorrow', user('eks:tomorrow')))).toBe(true);
    expect(isDefaultBinding(binding('eks:tomorrow', 'eks:tomorrow', user('alice')))).toBe(false);
    expect(isDefaultBinding(binding('eks:node-manager', 'eks:node-manager', group('platform')))).toBe(false);
  });

  test('knows an empty binding of Kubernetes', () => {
    expect(isDefaultBinding(binding('system:node', 'system:node'))).toBe(true);
  });
});

const published = new URL('../../../shared/data/quiet/', import.meta.url);
const isAtHand = existsSync(published);
const files = isAtHand ? readdirSync(published).filter((name) => /^(k8s-bootstrap|eks-own)-.*\.json$/.test(name)) : [];
const everything = parseRbac(
  JSON.stringify(files.map((name) => JSON.parse(readFileSync(new URL(name, published), 'utf8')))),
  'rbac.json',
).rbac;
const filled = everything.roles.map((each) => ({ ...each, rules: aggregateRules(each, everything.roles) }));

describe.skipIf(!isAtHand)('what Kubernetes and EKS publish (skipped where the manifests are not at hand)', () => {
  test('is default, as published and as a live cluster fills it in', () => {
    expect(everything.roles.filter((each) => !isDefaultRole(each)).map(({ name }) => name)).toEqual([]);
    expect(filled.filter((each) => !isDefaultRole(each)).map(({ name }) => name)).toEqual([]);
    expect(everything.bindings.filter((each) => !isDefaultBinding(each)).map(({ name }) => name)).toEqual([]);
    expect(everything.roles.length).toBeGreaterThan(80);
    expect(everything.bindings.length).toBeGreaterThan(50);
  });

  test.each(['* | * | *', 'bind | rbac.authorization.k8s.io | *', '* | rbac.authorization.k8s.io | *'])(
    'is not default once a rule is widened by %s',
    (wider) => {
      const believed = filled.filter(
        (each) => isDefaultRole({ ...each, rules: [...each.rules, ...rules(wider)] }) && each.name !== 'cluster-admin',
      );

      expect(believed.map(({ name }) => name)).toEqual([]);
    },
  );

  test('is not default once a binding has one more subject, or another role', () => {
    const more = everything.bindings.map((each) => ({ ...each, subjects: [...each.subjects, user('alice')] }));
    const other = everything.bindings.map((each) => ({ ...each, role: { ...each.role, name: 'admin' } }));

    expect([...more, ...other].filter(isDefaultBinding).map(({ name }) => name)).toEqual([]);
  });
});
