import { describe, expect, test } from 'vitest';
import type { Graded, GrantScope } from '../../shared/model/access.ts';
import { gradeTargets } from '../../shared/rules/escalation.ts';
import type { GradeContext } from '../../shared/rules/escalation-targets.ts';
import { gradeContext, rules } from '../support/rules.ts';

const RBAC = 'rbac.authorization.k8s.io';
const ROLES = new Map([
  ['ClusterRole/-/edit', rules('create,get | core | pods,secrets')],
  ['ClusterRole/-/view', rules('get | core | pods')],
  ['ClusterRole/-/secret-reader', rules('get | core | secrets')],
  ['ClusterRole/-/binder', rules(`bind,create | ${RBAC} | clusterroles,clusterrolebindings | edit`)],
  ['ClusterRole/-/circle', rules(`bind,create | ${RBAC} | clusterroles,clusterrolebindings | circle`)],
  ['Role/kube-system/deployer', rules('create | apps | deployments')],
  ['Role/payments/deployer', rules('create | apps | deployments')],
]);

function grade(rule: readonly string[], scope: GrantScope = 'cluster', more: Partial<GradeContext> = {}): Graded {
  const findRole: GradeContext['findRole'] = (kind, name, namespace) =>
    ROLES.get(`${kind}/${namespace ?? '-'}/${name}`) ?? null;
  return gradeTargets([{ rules: rules(...rule), scope }], gradeContext({ findRole, ...more }));
}

describe('gradeTargets, of named roles', () => {
  test('raises by a ClusterRole that leads to admin', () => {
    expect(grade([`bind | ${RBAC} | clusterroles | edit`, `create | ${RBAC} | clusterrolebindings`])).toEqual({
      level: 'admin-equivalent',
      reason:
        'may bind ClusterRole edit, which may create pods in the whole cluster, and a pod may run as any service account of its namespace',
    });
  });

  test('raises nothing when no binding can be written', () => {
    expect(grade([`bind | ${RBAC} | clusterroles | edit`]).level).toBe('limited');
  });

  test.each(['view', 'secret-reader', 'missing'])('raises nothing by ClusterRole %s', (name) => {
    expect(grade([`bind | ${RBAC} | clusterroles | ${name}`, `create | ${RBAC} | clusterrolebindings`]).level).toBe(
      'limited',
    );
  });

  test('takes cluster-admin as shipped when it was not read', () => {
    expect(
      grade([`bind | ${RBAC} | clusterroles | cluster-admin`, `patch | ${RBAC} | clusterrolebindings`]).level,
    ).toBe('admin-equivalent');
  });

  test('reaches kube-system through RoleBindings anywhere, and one namespace through those of one', () => {
    const binder = [`bind | ${RBAC} | clusterroles | edit`, `create | ${RBAC} | rolebindings`];

    expect(grade(binder).level).toBe('admin-equivalent');
    expect(grade(binder, 'namespace:kube-system').level).toBe('admin-equivalent');
    expect(grade(binder, 'namespace:payments').level).toBe('namespace-admin');
  });

  test('looks for a Role in the namespace of the grant', () => {
    const rewriter = [`escalate,update | ${RBAC} | roles | deployer`];

    expect(grade(rewriter).level).toBe('admin-equivalent');
    expect(grade(rewriter, 'namespace:payments').level).toBe('namespace-admin');
    expect(grade(rewriter, 'namespace:shop').level).toBe('limited');
  });

  test('follows a bound role that binds further', () => {
    const graded = grade([`bind | ${RBAC} | clusterroles | binder`, `create | ${RBAC} | clusterrolebindings`]);

    expect(graded.level).toBe('admin-equivalent');
    expect(graded.reason).toMatch(
      /^may bind ClusterRole binder, which leads in 1 more step to one that may create pods /,
    );
  });

  test('ends on a role that binds itself', () => {
    expect(grade([`bind | ${RBAC} | clusterroles | circle`, `create | ${RBAC} | clusterrolebindings`]).level).toBe(
      'limited',
    );
  });
});

describe('gradeTargets, of named subjects', () => {
  const grants = new Map([
    ['User/-/alice', rules('* | * | *')],
    ['Group/-/readers', rules('get | core | secrets')],
    ['ServiceAccount/kube-system/deployer', rules('create | core | pods')],
  ]);
  const known: Partial<GradeContext> = {
    findGrants: ({ kind, namespace, name }) => {
      const found = grants.get(`${kind}/${namespace ?? '-'}/${name}`);
      return found === undefined ? [] : [{ rules: found, scope: 'cluster' }];
    },
  };

  test.each<[string, GrantScope, string]>([
    ['impersonate | core | users | alice', 'cluster', 'admin-equivalent'],
    ['impersonate | core | users | bob', 'cluster', 'limited'],
    ['impersonate | core | users | alice', 'namespace:kube-system', 'limited'],
    ['impersonate | core | groups | readers', 'cluster', 'sensitive-read'],
    ['impersonate | core | groups | system:masters', 'cluster', 'admin-equivalent'],
    ['impersonate | core | serviceaccounts | deployer', 'namespace:kube-system', 'admin-equivalent'],
    ['impersonate | core | serviceaccounts | deployer', 'namespace:payments', 'limited'],
    ['create | core | serviceaccounts/token | deployer', 'namespace:kube-system', 'admin-equivalent'],
    ['create | core | serviceaccounts | deployer', 'namespace:kube-system', 'limited'],
  ])('grades %s at %s as %s', (rule, scope, level) => {
    expect(grade([rule], scope, known).level).toBe(level);
  });

  test('asks for a service account of any namespace when the grant is for the cluster', () => {
    const asked: unknown[] = [];

    grade(['create | core | serviceaccounts/token | deployer'], 'cluster', {
      findGrants: (subject) => {
        asked.push(subject);
        return [];
      },
    });

    expect(asked).toEqual([{ kind: 'ServiceAccount', name: 'deployer', namespace: null }]);
  });

  test('knows nothing of a target that nobody looked up', () => {
    expect(grade(['impersonate | core | users | alice'], 'cluster', { findGrants: () => null })).toEqual({
      level: 'unknown',
      reason: 'may impersonate user alice, which has rights that were not read',
    });
  });

  test('works out a target once for all holders when the context never changes', () => {
    let asked = 0;
    const context = gradeContext({
      isFixed: true,
      findGrants: () => {
        asked += 1;
        return [{ rules: rules('impersonate | core | users | alice'), scope: 'cluster' }];
      },
    });
    const held = [{ rules: rules('impersonate | core | users | bob'), scope: 'cluster' }] as const;

    const first = gradeTargets(held, context);
    const askedByFirst = asked;
    gradeTargets([{ rules: rules('impersonate | core | users | carol'), scope: 'cluster' }], context);

    expect(first.level).toBe('limited');
    expect(askedByFirst).toBe(3);
    expect(asked).toBe(5);
  });

  test('goes through a hundred thousand names', () => {
    const names = Array.from({ length: 100_000 }, (_, index) => `user-${index}`).join(',');

    expect(grade([`impersonate | core | users | ${names},alice`], 'cluster', known).level).toBe('admin-equivalent');
  });
});
