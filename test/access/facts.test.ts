import { describe, expect, test } from 'vitest';
import { resolveFacts } from '../../shared/access/facts.ts';
import type { Access } from '../../shared/model/access.ts';
import type { ClusterEvidence } from '../../shared/model/evidence.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { ref } from '../support/coverage.ts';
import { bind, clusterEvidence, clusterRole, evidence } from '../support/evidence.ts';
import {
  accessEntry,
  associatedPolicy,
  awsAuth,
  awsAuthRow,
  cluster,
  NOW,
  policyRule,
  subject,
} from '../support/facts.ts';

const everything = policyRule({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] });
const admin = clusterRole('all-of-it', everything);
const DEV = parsePrincipal('arn:aws:iam::111122223333:role/developers');

function listAccess(more: Partial<ClusterEvidence>): readonly Access[] {
  const one = clusterEvidence(more);
  return resolveFacts(one, evidence({ clusters: [one] }), { now: NOW, records: [] }).access;
}

const rows = (more: Partial<ClusterEvidence>): readonly (readonly string[])[] =>
  listAccess(more).map(({ holder, level, kind }) => [holder.kind, holder.name, level, kind]);

const vias = (more: Partial<ClusterEvidence>): readonly (readonly string[])[] =>
  listAccess(more).flatMap(({ grants }) => grants.map(({ via, detail, scope }) => [via, detail, scope]));

describe('resolveFacts: doors of IAM principals', () => {
  test('joins the group of an entry to its ClusterRoleBinding', () => {
    const input = {
      accessEntries: [accessEntry({ principal: DEV, groups: ['admins'] })],
      rbac: { roles: [admin], bindings: [bind('all-of-it', [subject('Group', 'admins')])] },
    };

    expect(rows(input)).toEqual([['iam', DEV.arn, 'cluster-admin', 'role']]);
    expect(vias(input)).toEqual([
      ['access-entry-group', 'group admins, ClusterRoleBinding all-of-it-binding to ClusterRole all-of-it', 'cluster'],
    ]);
  });

  test('finds the bound user that a session name can become', () => {
    const name = 'arn:aws:sts::111122223333:assumed-role/developers/alice';
    const input = {
      accessEntries: [accessEntry({ principal: DEV })],
      rbac: { roles: [admin], bindings: [bind('all-of-it', [subject('User', name)])] },
    };

    expect(rows(input)).toEqual([['iam', DEV.arn, 'cluster-admin', 'role']]);
    expect(vias(input)[0]?.[1]).toContain('a name that the caller chooses');
  });

  test('puts whoever aws-auth maps into system:masters above every binding', () => {
    const row = awsAuthRow({ arn: DEV.arn, groups: ['system:masters'] });

    expect(vias({ awsAuth: awsAuth({ rows: [row] }) })).toEqual([['aws-auth', 'group system:masters', 'cluster']]);
  });

  test('gives everybody who is logged in what customers bound to system:authenticated', () => {
    const input = {
      accessEntries: [accessEntry({ principal: DEV })],
      rbac: { roles: [admin], bindings: [bind('all-of-it', [subject('Group', 'system:authenticated')])] },
    };

    expect(rows(input)).toEqual([
      ['iam', DEV.arn, 'cluster-admin', 'role'],
      ['kubernetes-group', 'system:authenticated', 'cluster-admin', 'unknown'],
    ]);
  });

  test('keeps a dead entry as a holder of nothing', () => {
    const root = parsePrincipal('arn:aws:iam::111122223333:root');
    const [row] = listAccess({ accessEntries: [accessEntry({ principal: root, policies: [associatedPolicy()] })] });

    expect([row?.level, row?.grants, row?.reason]).toEqual([
      'limited',
      [],
      'it gets nothing: EKS ignores an entry for the account root',
    ]);
  });

  test('gives one row to a principal with two doors', () => {
    const input = {
      accessEntries: [accessEntry({ principal: parsePrincipal('arn:aws:iam::111122223333:role/team/developers') })],
      awsAuth: awsAuth({ rows: [awsAuthRow({ arn: DEV.arn, groups: ['system:masters'] })] }),
    };

    expect(rows(input)).toEqual([['iam', 'arn:aws:iam::111122223333:role/team/developers', 'limited', 'role']]);
  });

  test.each([
    ['cluster', 'cluster-admin', ['cluster']],
    ['dev', 'namespace-admin', ['namespace:dev']],
    ['kube-system', 'admin-equivalent', ['namespace:kube-system']],
  ] as const)('grades AmazonEKSClusterAdminPolicy over %s as %s', (where, level, scopes) => {
    const scope =
      where === 'cluster' ? ({ type: 'cluster' } as const) : { type: 'namespace' as const, namespaces: [where] };
    const [row] = listAccess({
      accessEntries: [accessEntry({ principal: DEV, policies: [associatedPolicy({ scope })] })],
    });

    expect([row?.level, row?.grants.map((grant) => grant.scope)]).toEqual([level, scopes]);
  });

  test('grades what two harmless bindings give together', () => {
    const binder = clusterRole(
      'binder',
      policyRule({ apiGroups: ['rbac.authorization.k8s.io'], resources: ['clusterroles'], verbs: ['bind'] }),
    );
    const writer = clusterRole(
      'writer',
      policyRule({ apiGroups: ['rbac.authorization.k8s.io'], resources: ['clusterrolebindings'], verbs: ['create'] }),
    );
    const input = (bindings: readonly ReturnType<typeof bind>[]) => ({
      accessEntries: [accessEntry({ principal: DEV, groups: ['platform'] })],
      rbac: { roles: [binder, writer], bindings },
    });
    const group = [subject('Group', 'platform')];

    expect(rows(input([bind('binder', group)]))[0]?.[2]).toBe('limited');
    expect(rows(input([bind('binder', group), bind('writer', group)]))[0]?.[2]).toBe('admin-equivalent');
  });

  test('lists the hidden creator of a CONFIG_MAP cluster even when nobody knows who it is', () => {
    const [row] = listAccess({ cluster: cluster({ authenticationMode: 'CONFIG_MAP' }) });

    expect([row?.holder.name, row?.principalArn, row?.level]).toEqual([
      'the cluster creator (not known)',
      null,
      'cluster-admin',
    ]);
  });
});

describe('resolveFacts: what only RBAC names', () => {
  test.each([
    [subject('ServiceAccount', 'builder', 'ci'), ['service-account', 'ci/builder', 'cluster-admin', 'workload']],
    [subject('User', 'mallory'), ['kubernetes-user', 'mallory', 'cluster-admin', 'unknown']],
    [subject('User', 'corp:alice'), ['oidc-user', 'corp:alice', 'cluster-admin', 'unknown']],
    [subject('Group', 'corp:admins'), ['oidc-group', 'corp:admins', 'cluster-admin', 'unknown']],
    [subject('Group', 'admins'), ['kubernetes-group', 'admins', 'cluster-admin', 'unknown']],
  ])('lists %j by its kind', (bound, expected) => {
    const provider = {
      name: 'corp',
      issuerUrl: null,
      usernamePrefix: 'corp:',
      groupsPrefix: 'corp:',
      status: 'ACTIVE',
      evidence: ref('eks-api'),
    };
    const input = {
      identityProviders: [provider],
      rbac: { roles: [admin], bindings: [bind('all-of-it', [bound])] },
    };

    expect(rows(input)).toEqual([expected]);
  });

  test('lists a binding to a role that does not exist as a holder of nothing yet', () => {
    const input = { rbac: { roles: [], bindings: [bind('later', [subject('User', 'mallory')])] } };

    expect(rows(input)).toEqual([['kubernetes-user', 'mallory', 'limited', 'unknown']]);
  });

  test('grades a role bound in one namespace by that namespace', () => {
    const input = { rbac: { roles: [admin], bindings: [bind('all-of-it', [subject('User', 'alice')], 'dev')] } };

    expect(vias(input)[0]?.[2]).toBe('namespace:dev');
    expect(rows(input)[0]?.[2]).toBe('namespace-admin');
  });
});

describe('resolveFacts: the cluster', () => {
  test.each([
    ['1.31', false],
    ['1.32', true],
    ['2.0', true],
    [null, false],
  ])('knows whether version %s refuses anonymous requests', (version, expected) => {
    const one = clusterEvidence({ cluster: cluster({ version }) });

    expect(resolveFacts(one, evidence(), { now: NOW, records: [] }).anonymousRefused).toBe(expected);
  });

  test('takes production from the tags that keyholder.yml names', () => {
    const one = clusterEvidence({ cluster: cluster({ tags: { env: 'prod' } }) });
    const config = { ...evidence().config, tags: { production: { env: ['prod'] }, required: [] } };

    expect(resolveFacts(one, evidence({ config }), { now: NOW, records: [] }).isProduction).toBe(true);
    expect(resolveFacts(one, evidence(), { now: NOW, records: [] }).isProduction).toBe(false);
  });
});
