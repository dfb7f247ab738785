/** What a healthy cluster shows of AWS says nothing; what only bears the same names as it is told. */
import { describe, expect, test } from 'vitest';
import type { PolicyRule } from '../shared/model/rbac.ts';
import { parsePrincipal } from '../shared/rules/arn.ts';
import { clusterRole } from './support/evidence.ts';
import { accessEntry, awsAuth, awsAuthRow, policyRule, subject } from './support/facts.ts';
import { bound, by, entry, HOME, listLoud, NODES, rbac, SERVICE, STAR } from './support/quiet.ts';
import { role, writeOf } from './support/rbac-writes.ts';

test('a cluster that nobody holds is quiet', () => {
  expect(listLoud({})).toEqual([]);
});

describe('F1: the service identities of EKS', () => {
  const nodeManager: readonly PolicyRule[] = [
    policyRule({ resources: ['pods'], verbs: ['get', 'list', 'watch', 'delete'] }),
    policyRule({ resources: ['nodes'], verbs: ['get', 'list', 'watch', 'patch'] }),
    policyRule({ resources: ['pods/eviction'], verbs: ['create'] }),
  ];
  const wesley = 'arn:aws:iam::444455556666:role/AWSWesleyClusterManagerLambda-NodeManagerRole-1EXAMPLE';
  const addons = bound('eks:addon-cluster-admin', 'cluster-admin', subject('User', 'eks:addon-manager'));

  test('are quiet with the roles and bindings that EKS ships', () => {
    const roles = [
      clusterRole('cluster-admin', STAR, policyRule({ apiGroups: [], nonResourceURLs: ['*'], verbs: ['*'] })),
      clusterRole('eks:node-manager', ...nodeManager),
      clusterRole('eks:addon-manager', policyRule({ resources: ['secrets'], verbs: ['get', 'list'] })),
    ];
    const bindings = [
      addons,
      bound('eks:node-manager', 'eks:node-manager', subject('User', 'eks:node-manager')),
      bound('eks:addon-manager', 'eks:addon-manager', subject('User', 'eks:addon-manager')),
    ];

    expect(listLoud(rbac(roles, bindings))).toEqual([]);
  });

  test('are quiet when they keep their own roles', () => {
    const written = role({ name: 'eks:node-manager', rules: nodeManager });

    expect(
      listLoud({
        audit: [
          writeOf(written, { verb: 'patch', ...by('eks:addon-manager') }),
          writeOf(written, { verb: 'update', ...by('eks:node-manager', wesley) }),
        ],
      }),
    ).toEqual([]);
  });

  test('are told where aws-auth gives a customer role the name of one', () => {
    const row = awsAuthRow({ arn: `${HOME}/newcomer`, username: 'eks:addon-manager' });
    const input = { ...rbac([clusterRole('cluster-admin', STAR)], [addons]), awsAuth: awsAuth({ rows: [row] }) };

    expect(listLoud(input)).toContain(`mapped-username-collision high aws-auth:${HOME}/newcomer`);
  });

  test('are told where a request in the name of one came through a customer role', () => {
    const written = role({ name: 'eks:node-manager', rules: nodeManager });
    const audit = [writeOf(written, { verb: 'patch', ...by('eks:node-manager', `${HOME}/newcomer`) })];

    expect(listLoud({ audit })).toContain('built-in-rbac-changed high role:ClusterRole/-/eks:node-manager');
  });

  test('are told where a customer role calls itself one of AWS', () => {
    const arn = `${HOME}/AWSWesleyClusterManagerLambda-NodeManagerRole-1EXAMPLE`;
    const written = role({ name: 'eks:node-manager', rules: nodeManager });
    const audit = [writeOf(written, { verb: 'patch', ...by('eks:node-manager', arn) })];

    expect(listLoud({ audit })).toContain('built-in-rbac-changed high role:ClusterRole/-/eks:node-manager');
  });

  test('are told where a role of theirs holds more than it ships with', () => {
    const input = rbac(
      [clusterRole('eks:node-manager', STAR)],
      [bound('eks:node-manager', 'eks:node-manager', subject('User', 'eks:node-manager'))],
    );

    expect(listLoud(input)).toEqual(
      expect.arrayContaining([
        'admin-cluster-role-binding critical binding:ClusterRoleBinding/-/eks:node-manager',
        'wildcard-role high role:ClusterRole/-/eks:node-manager',
      ]),
    );
  });

  test('are told where a binding in their name carries a stranger', () => {
    const input = rbac(
      [clusterRole('cluster-admin', STAR)],
      [{ ...addons, subjects: [...addons.subjects, subject('User', 'mallory')] }],
    );

    expect(listLoud(input)).toContain(
      'admin-cluster-role-binding critical binding:ClusterRoleBinding/-/eks:addon-cluster-admin',
    );
  });
});

describe('F2: nodes', () => {
  const groups = ['system:bootstrappers', 'system:nodes'];
  const node = (more: Parameters<typeof awsAuthRow>[0]) =>
    awsAuthRow({ arn: NODES, username: 'system:node:{{EC2PrivateDNSName}}', groups, ...more });

  test('are quiet in aws-auth, of every kind', () => {
    const rows = [
      node({}),
      node({ arn: `${HOME}/windows`, groups: [...groups, 'eks:kube-proxy-windows'] }),
      node({
        arn: `${HOME}/pods`,
        username: 'system:node:{{SessionName}}',
        groups: [...groups, 'system:node-proxier'],
      }),
    ];
    expect(listLoud({ awsAuth: awsAuth({ rows }) })).toEqual([]);
  });

  test('are quiet as access entries', () => {
    const accessEntries = [
      accessEntry({
        principal: parsePrincipal(NODES),
        type: 'EC2_LINUX',
        username: 'system:node:{{EC2PrivateDNSName}}',
        groups: ['system:nodes'],
      }),
      accessEntry({
        principal: parsePrincipal(`${HOME}/pods`),
        type: 'FARGATE_LINUX',
        username: 'system:node:{{SessionName}}',
        groups: ['system:bootstrappers', 'system:nodes', 'system:node-proxier'],
      }),
    ];

    expect(listLoud({ accessEntries })).toEqual([]);
  });

  test('are told where a row of a node also carries system:masters', () => {
    const rows = [node({ groups: [...groups, 'system:masters'] })];

    expect(listLoud({ awsAuth: awsAuth({ rows }) })).toEqual(
      expect.arrayContaining([
        `mapped-username-collision high aws-auth:${NODES}`,
        expect.stringMatching(/^system-masters-mapping /),
      ]),
    );
  });

  test('are told where a row only borrows the name of a node', () => {
    const rows = [node({ arn: `${HOME}/newcomer`, username: 'system:node:ip-10-0-0-1', groups: ['developers'] })];

    expect(listLoud({ awsAuth: awsAuth({ rows }) })).toContain(
      `mapped-username-collision high aws-auth:${HOME}/newcomer`,
    );
  });
});

describe('F5: entries that EKS makes by itself', () => {
  const serviceEntry = (arn: string, ...policies: readonly string[]) => ({
    ...entry(arn, ...policies),
    username: 'eks:cluster-insights',
  });

  test('are quiet with the policies of AWS for service-linked roles', () => {
    const accessEntries = [
      serviceEntry(
        SERVICE,
        'AmazonEKSClusterInsightsPolicy',
        'AmazonEKSBlockStorageClusterPolicy',
        'AmazonEKSHybridPolicy',
      ),
      { ...entry(NODES, 'AmazonEKSAutoNodePolicy'), type: 'EC2', username: 'system:node:{{EC2PrivateDNSName}}' },
    ];

    expect(listLoud({ accessEntries })).toEqual([]);
  });

  test.each([
    ['bears the name of a service-linked role', `${HOME}/AWSServiceRoleForAmazonEKSExtra`],
    ['bears the name of a role of EKS', `${HOME}/eks-cluster-insights`],
  ])('are told where a customer role %s and is admin', (_what, arn) => {
    const accessEntries = [serviceEntry(arn, 'AmazonEKSClusterAdminPolicy')];

    expect(listLoud({ accessEntries })).toContain(`admin-policy-at-cluster-scope critical iam:${arn}`);
  });

  test('are told where one carries a policy that nobody knows', () => {
    expect(listLoud({ accessEntries: [entry(`${HOME}/newcomer`, 'AmazonEKSNewPolicy')] })).toContainEqual(
      expect.stringMatching(/^access-policy-unknown /),
    );
  });
});
