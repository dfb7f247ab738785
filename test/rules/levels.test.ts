import { describe, expect, test } from 'vitest';
import type { GrantScope, Level } from '../../shared/model/access.ts';
import type { AccessScope } from '../../shared/model/eks.ts';
import { gradeHeld, gradePolicy, gradeRules } from '../../shared/rules/levels.ts';
import { gradeContext, rules } from '../support/rules.ts';

const KUBE_SYSTEM: GrantScope = 'namespace:kube-system';
const PAYMENTS: GrantScope = 'namespace:payments';

describe('gradeRules', () => {
  /** The level in the whole cluster, in kube-system, and in another namespace. */
  const cases: readonly [rule: string, cluster: Level, kubeSystem: Level, payments: Level][] = [
    ['* | * | *', 'cluster-admin', 'admin-equivalent', 'namespace-admin'],
    ['* | core | *', 'admin-equivalent', 'admin-equivalent', 'namespace-admin'],
    ['* | * | * | one', 'admin-equivalent', 'admin-equivalent', 'namespace-admin'],
    ['get,list,watch | * | *', 'admin-equivalent', 'admin-equivalent', 'namespace-admin'],
    ['get | core | nodes/proxy', 'admin-equivalent', 'limited', 'limited'],
    ['create | core | */proxy', 'admin-equivalent', 'limited', 'limited'],
    ['list | core | nodes/proxy', 'limited', 'limited', 'limited'],
    ['get | core | nodes/metrics,nodes/stats', 'limited', 'limited', 'limited'],
    ['create | core | pods/exec', 'admin-equivalent', 'admin-equivalent', 'namespace-admin'],
    ['get | core | pods/exec', 'admin-equivalent', 'admin-equivalent', 'namespace-admin'],
    ['get | core | pods/attach', 'admin-equivalent', 'admin-equivalent', 'namespace-admin'],
    ['patch | core | pods/ephemeralcontainers', 'admin-equivalent', 'admin-equivalent', 'namespace-admin'],
    ['get | core | pods/portforward,pods/log', 'limited', 'limited', 'limited'],
    ['impersonate | core | users', 'admin-equivalent', 'limited', 'limited'],
    ['impersonate | core | groups', 'admin-equivalent', 'limited', 'limited'],
    ['impersonate | core | serviceaccounts', 'admin-equivalent', 'admin-equivalent', 'namespace-admin'],
    ['impersonate | authentication.k8s.io | userextras/scopes', 'limited', 'limited', 'limited'],
    ['create | core | serviceaccounts/token', 'admin-equivalent', 'admin-equivalent', 'namespace-admin'],
    ['create | core | serviceaccounts', 'limited', 'limited', 'limited'],
    ['create | core | pods', 'admin-equivalent', 'admin-equivalent', 'namespace-admin'],
    ['create | core | pods | web', 'limited', 'limited', 'limited'],
    ['create | batch | cronjobs', 'admin-equivalent', 'admin-equivalent', 'namespace-admin'],
    ['create | core | replicationcontrollers', 'admin-equivalent', 'admin-equivalent', 'namespace-admin'],
    ['patch | apps | deployments', 'admin-equivalent', 'admin-equivalent', 'namespace-admin'],
    ['patch | batch | jobs', 'limited', 'limited', 'limited'],
    ['update | apps | deployments/scale', 'limited', 'limited', 'limited'],
    ['create | core | secrets', 'admin-equivalent', 'admin-equivalent', 'namespace-admin'],
    ['update | core | secrets | tls', 'limited', 'limited', 'limited'],
    ['get | core | secrets', 'sensitive-read', 'sensitive-read', 'sensitive-read'],
    ['watch | core | secrets', 'sensitive-read', 'sensitive-read', 'sensitive-read'],
    ['get | core | secrets | tls', 'sensitive-read', 'sensitive-read', 'sensitive-read'],
    ['delete | core | secrets', 'limited', 'limited', 'limited'],
    [
      'create,update | rbac.authorization.k8s.io | roles,rolebindings',
      'namespace-admin',
      'namespace-admin',
      'namespace-admin',
    ],
    ['create,update | rbac.authorization.k8s.io | clusterroles,clusterrolebindings', 'limited', 'limited', 'limited'],
    ['bind | rbac.authorization.k8s.io | clusterroles', 'limited', 'limited', 'limited'],
    [
      'bind,create | rbac.authorization.k8s.io | clusterroles,clusterrolebindings',
      'admin-equivalent',
      'limited',
      'limited',
    ],
    [
      'bind,create | rbac.authorization.k8s.io | clusterroles,rolebindings',
      'admin-equivalent',
      'admin-equivalent',
      'namespace-admin',
    ],
    [
      'bind,create | rbac.authorization.k8s.io | roles,rolebindings',
      'admin-equivalent',
      'admin-equivalent',
      'namespace-admin',
    ],
    ['escalate | rbac.authorization.k8s.io | clusterroles', 'limited', 'limited', 'limited'],
    ['escalate,patch | rbac.authorization.k8s.io | clusterroles', 'admin-equivalent', 'limited', 'limited'],
    ['escalate,patch | rbac.authorization.k8s.io | roles', 'admin-equivalent', 'admin-equivalent', 'namespace-admin'],
    ['get,list,watch | core | pods,nodes,configmaps', 'limited', 'limited', 'limited'],
    ['* | kro.run | *', 'limited', 'limited', 'limited'],
    ['* | *', 'limited', 'limited', 'limited'],
  ];

  test.each(cases)('grades %s', (rule, cluster, kubeSystem, payments) => {
    const held = rules(rule);
    const context = gradeContext();

    expect(gradeRules(held, 'cluster', context).level).toBe(cluster);
    expect(gradeRules(held, KUBE_SYSTEM, context).level).toBe(kubeSystem);
    expect(gradeRules(held, PAYMENTS, context).level).toBe(payments);
  });

  test.each<[string, boolean, GrantScope, Level]>([
    ['update | core | configmaps | aws-auth', true, KUBE_SYSTEM, 'admin-equivalent'],
    ['patch | core | configmaps', true, 'cluster', 'admin-equivalent'],
    ['update | core | configmaps | aws-auth', false, KUBE_SYSTEM, 'limited'],
    ['update | core | configmaps', true, PAYMENTS, 'limited'],
    ['update | core | configmaps | coredns', true, KUBE_SYSTEM, 'limited'],
    ['create,get | core | configmaps', true, KUBE_SYSTEM, 'limited'],
  ])('grades %s where aws-auth counts: %s, at %s', (rule, awsAuthCounts, scope, level) => {
    expect(gradeRules(rules(rule), scope, gradeContext({ awsAuthCounts })).level).toBe(level);
  });

  test('counts a pattern that covers kube-system as kube-system', () => {
    expect(gradeRules(rules('create | core | pods'), 'namespace:kube-*', gradeContext()).level).toBe(
      'admin-equivalent',
    );
    expect(gradeRules(rules('create | core | pods'), 'namespace:dev-*', gradeContext()).level).toBe('namespace-admin');
  });

  test('says that get on nodes/proxy is not read-only', () => {
    expect(gradeRules(rules('get,list,watch | * | *'), 'cluster', gradeContext()).reason).toBe(
      'may reach nodes/proxy, which is not read-only even with get: the kubelet runs commands in any container of its node over a WebSocket that opens with GET',
    );
  });

  test('gives nothing a reason too', () => {
    expect(gradeRules([], 'cluster', gradeContext())).toEqual({
      level: 'limited',
      reason: 'nothing that leads to more rights or shows Secrets',
    });
  });
});

describe('gradeHeld', () => {
  test('joins the verbs of two roles', () => {
    const bind = rules('bind | rbac.authorization.k8s.io | clusterroles');
    const create = rules('create | rbac.authorization.k8s.io | clusterrolebindings');

    const graded = gradeHeld(
      [
        { rules: bind, scope: 'cluster' },
        { rules: create, scope: 'cluster' },
      ],
      gradeContext(),
    );

    expect(graded).toEqual({
      level: 'admin-equivalent',
      reason: 'may bind any ClusterRole, cluster-admin among them, through a ClusterRoleBinding',
    });
  });

  test('joins what is held in the cluster with what is held in a namespace, and not two namespaces', () => {
    const bind = rules('bind | rbac.authorization.k8s.io | clusterroles');
    const create = rules('create | rbac.authorization.k8s.io | rolebindings');
    const levelOf = (first: GrantScope, second: GrantScope) =>
      gradeHeld(
        [
          { rules: bind, scope: first },
          { rules: create, scope: second },
        ],
        gradeContext(),
      ).level;

    expect(levelOf('cluster', PAYMENTS)).toBe('namespace-admin');
    expect(levelOf('cluster', KUBE_SYSTEM)).toBe('admin-equivalent');
    expect(levelOf('namespace:shop', PAYMENTS)).toBe('limited');
    expect(levelOf('namespace:pay*', PAYMENTS)).toBe('namespace-admin');
  });

  test('holds nothing by no grant', () => {
    expect(gradeHeld([], gradeContext()).level).toBe('limited');
  });
});

describe('gradePolicy', () => {
  const CLUSTER: AccessScope = { type: 'cluster' };
  const within = (...namespaces: readonly string[]): AccessScope => ({ type: 'namespace', namespaces });
  const gradeName = (name: string, scope: AccessScope, awsAuthCounts = false) =>
    gradePolicy(
      {
        policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
        name,
        scope,
        associatedAt: null,
        modifiedAt: null,
      },
      gradeContext({ awsAuthCounts }),
    );

  test.each<[string, AccessScope, Level]>([
    ['AmazonEKSClusterAdminPolicy', CLUSTER, 'cluster-admin'],
    ['AmazonEKSClusterAdminPolicy', within('*'), 'cluster-admin'],
    ['AmazonEKSClusterAdminPolicy', within('kube-system'), 'admin-equivalent'],
    ['AmazonEKSClusterAdminPolicy', within('payments'), 'namespace-admin'],
    ['AmazonEKSAdminPolicy', CLUSTER, 'admin-equivalent'],
    ['AmazonEKSAdminPolicy', within('payments', 'shop'), 'namespace-admin'],
    ['AmazonEKSAdminPolicy', within('payments', 'kube-*'), 'admin-equivalent'],
    ['AmazonEKSEditPolicy', CLUSTER, 'admin-equivalent'],
    ['AmazonEKSEditPolicy', within('dev-*'), 'namespace-admin'],
    ['AmazonEKSAdminViewPolicy', CLUSTER, 'admin-equivalent'],
    ['AmazonEKSAdminViewPolicy', within('payments'), 'namespace-admin'],
    ['AmazonEKSViewPolicy', CLUSTER, 'limited'],
    ['AmazonEKSSecretAdminPolicy', CLUSTER, 'admin-equivalent'],
    ['AmazonEKSSecretAdminPolicy', within('payments'), 'namespace-admin'],
    ['AmazonEKSSecretReaderPolicy', CLUSTER, 'sensitive-read'],
    ['AWSBackupFullAccessPolicyForBackup', CLUSTER, 'admin-equivalent'],
    ['AWSBackupFullAccessPolicyForRestore', CLUSTER, 'admin-equivalent'],
    ['AmazonEKSACKPolicy', CLUSTER, 'admin-equivalent'],
    ['AmazonEKSACKPolicy', within('payments'), 'unknown'],
    ['AmazonEKSArgoCDPolicy', within('argocd'), 'namespace-admin'],
    ['AmazonEKSArgoCDClusterPolicy', CLUSTER, 'unknown'],
    ['AmazonEKSKROPolicy', CLUSTER, 'unknown'],
    ['AmazonEKSHybridPolicy', CLUSTER, 'limited'],
    ['AmazonEKSPodIdentityPolicy', CLUSTER, 'limited'],
    ['AmazonEKSAutoNodePolicy', CLUSTER, 'unknown'],
    ['AmazonAIOpsAssistantPolicy', CLUSTER, 'unknown'],
    ['AmazonEKSTomorrowPolicy', CLUSTER, 'unknown'],
    ['AmazonEKSViewPolicy', within(), 'unknown'],
  ])('grades %s at %o as %s', (name, scope, level) => {
    expect(gradeName(name, scope).level).toBe(level);
  });

  test('says why a policy is not known', () => {
    expect(gradeName('AmazonEKSTomorrowPolicy', CLUSTER).reason).toContain('newer than our table');
    expect(gradeName('AmazonEKSComputePolicy', CLUSTER).reason).toBe(
      'AWS does not publish the rules of AmazonEKSComputePolicy',
    );
    expect(gradeName('AmazonEKSKROPolicy', CLUSTER).reason).toBe(
      'AWS publishes the rules of AmazonEKSKROPolicy in part only',
    );
  });
});
