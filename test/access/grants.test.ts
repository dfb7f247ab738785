import { describe, expect, test } from 'vitest';
import { type GrantSources, listMappingGrants, listSubjectGrants } from '../../shared/access/grants.ts';
import type { History, Origin } from '../../shared/access/history.ts';
import type { InertReason, Mapping } from '../../shared/model/access.ts';
import type { ResolvedBinding } from '../../shared/model/facts.ts';
import {
  accessEntry,
  awsAuthRow,
  known,
  mapping,
  noneSeen,
  resolvedBinding,
  resolvedRole,
  subject,
} from '../support/facts.ts';
import { CLUSTER, held, namespaces } from '../support/grants.ts';

const origin = (since: string, grantedBy: string): Origin => ({ since: known(since), grantedBy: known(grantedBy) });
const UNSEEN: Origin = { since: noneSeen('2026-08-23T00:00:00Z'), grantedBy: noneSeen('2026-08-23T00:00:00Z') };

const DOOR = origin('2026-03-01T00:00:00Z', 'door');
const BOUND = origin('2026-05-01T00:00:00Z', 'binding');
const HISTORY: History = {
  ofPolicy: () => origin('2026-04-01T00:00:00Z', 'policy'),
  ofEntry: () => DOOR,
  ofCreator: () => origin('2026-01-01T00:00:00Z', 'creator'),
  ofRow: (arn, group) => origin('2026-02-01T00:00:00Z', `row ${arn.split('/')[1]} ${group}`),
  ofBinding: () => BOUND,
};

function sources(
  bindings: Readonly<Record<string, readonly ResolvedBinding[]>>,
  more: Partial<GrantSources> = {},
): GrantSources {
  return {
    bindingsBySubject: new Map(Object.entries(bindings)),
    usernames: new Map(),
    history: HISTORY,
    gradePolicy: (_policy, scope) => ({
      level: scope.type === 'cluster' ? 'cluster-admin' : 'limited',
      reason: 'graded',
    }),
    ...more,
  };
}

const summary = (door: Mapping, from: GrantSources): readonly (readonly (string | null)[])[] =>
  listMappingGrants(door, from).map(({ grant, origin: { grantedBy } }) => [
    grant.via,
    grant.detail,
    grant.scope,
    grant.since,
    grantedBy.value,
  ]);

const viaGroup = (more: Partial<Mapping> = {}): Mapping =>
  mapping({ identity: { username: 'x', groups: ['admins'] }, ...more });
const admins = { 'Group/admins': [resolvedBinding()] };
const TO_ADMIN = 'ClusterRoleBinding team-admins to ClusterRole cluster-admin';

describe('listMappingGrants', () => {
  test.each([
    'mode',
    'overridden-by-entry',
    'arn-never-matches',
    'duplicate-row',
    'sso-row',
    'principal-gone',
    'principal-recreated',
    'root',
  ] satisfies readonly InertReason[])('gives nothing through a door that is shut: %s', (inert) => {
    const door = viaGroup({ inert, policies: [held('AmazonEKSClusterAdminPolicy')] });

    expect(listMappingGrants(door, sources(admins))).toEqual([]);
  });

  test('gives one grant for each namespace of a policy, graded one by one', () => {
    const policies = [
      held('AmazonEKSEditPolicy', namespaces('dev', 'test', '*')),
      held('AmazonEKSViewPolicy', CLUSTER),
    ];

    expect(summary(mapping({ policies }), sources({}))).toEqual([
      ['access-policy', 'AmazonEKSEditPolicy', 'namespace:dev', '2026-04-01T00:00:00Z', 'policy'],
      ['access-policy', 'AmazonEKSEditPolicy', 'namespace:test', '2026-04-01T00:00:00Z', 'policy'],
      ['access-policy', 'AmazonEKSEditPolicy', 'cluster', '2026-04-01T00:00:00Z', 'policy'],
      ['access-policy', 'AmazonEKSViewPolicy', 'cluster', '2026-04-01T00:00:00Z', 'policy'],
    ]);
  });

  test('dates a grant through a binding by the later of its two halves', () => {
    expect(summary(viaGroup(), sources(admins))).toEqual([
      ['access-entry-group', `group admins, ${TO_ADMIN}`, 'cluster', '2026-05-01T00:00:00Z', 'binding'],
    ]);
    const older: History = { ...HISTORY, ofBinding: () => origin('2026-01-01T00:00:00Z', 'binding') };
    expect(summary(viaGroup(), sources(admins, { history: older }))[0]?.slice(3)).toEqual([
      '2026-03-01T00:00:00Z',
      'door',
    ]);
  });

  test.each([
    ['the door', { ofEntry: () => UNSEEN }],
    ['the binding', { ofBinding: () => UNSEEN }],
  ])('dates a grant not at all where nobody saw %s', (_what, unseen: Partial<History>) => {
    const [traced] = listMappingGrants(viaGroup(), sources(admins, { history: { ...HISTORY, ...unseen } }));

    expect(traced?.origin).toEqual(UNSEEN);
    expect(traced?.grant.since).toBeNull();
  });

  test('asks the history of an aws-auth row for the group, and of the creator for the cluster', () => {
    const row = viaGroup({ via: 'aws-auth', entry: null, row: awsAuthRow() });
    const masters = { identity: { username: 'kubernetes-admin', groups: ['system:masters'] }, entry: null } as const;

    expect(summary({ ...row, ...masters, row: awsAuthRow() }, sources({}))[0]?.slice(0, 1)).toEqual(['aws-auth']);
    expect(summary({ ...row, ...masters }, sources({}))[0]?.[4]).toBe('row platform-admin system:masters');
    expect(summary(mapping({ via: 'cluster-creator', ...masters }), sources({}))).toEqual([
      ['cluster-creator', 'group system:masters', 'cluster', '2026-01-01T00:00:00Z', 'creator'],
    ]);
  });

  test('says of a bound name whether the caller chooses it', () => {
    const door = mapping({ identity: { username: 'dev:{{SessionName}}', groups: [] } });
    const usernames = new Map([['dev:{{SessionName}}', ['dev:alice', 'dev:{{SessionName}}']]]);
    const bindings = { 'User/dev:alice': [resolvedBinding()], 'User/dev:{{SessionName}}': [resolvedBinding()] };

    expect(summary(door, sources(bindings, { usernames })).map(([via, detail]) => [via, detail])).toEqual([
      ['access-entry-username', `user dev:alice, a name that the caller chooses, ${TO_ADMIN}`],
      ['access-entry-username', `user dev:{{SessionName}}, ${TO_ADMIN}`],
    ]);
  });

  test('gives under the name of a service account what is bound to that', () => {
    const username = 'system:serviceaccount:kube-system:deployer';
    const door = mapping({ via: 'aws-auth', identity: { username, groups: [] } });
    const bindings = { 'ServiceAccount/kube-system/deployer': [resolvedBinding()] };

    expect(summary(door, sources(bindings)).map(([via, detail]) => [via, detail])).toEqual([
      ['aws-auth', `user ${username}, ${TO_ADMIN}`],
    ]);
  });

  test('points at both halves of a grant through a binding', () => {
    const door = viaGroup();
    const [traced] = listMappingGrants(door, sources(admins));

    expect(traced?.grant.evidence).toEqual([...door.evidence, resolvedBinding().evidence]);
  });

  test('gives to everybody who logs in what customers bound to all, but not what ships, and nothing to nodes', () => {
    const own = resolvedBinding({ name: 'everyone' });
    const bindings = { 'Group/system:authenticated': [own, resolvedBinding({ name: 'shipped', isDefault: true })] };
    const principal = mapping().principal;
    const node = mapping({ entry: accessEntry({ principal, type: 'EC2_LINUX' }) });

    expect(summary(mapping(), sources(bindings)).map(([via, detail]) => [via, detail])).toEqual([
      ['rbac', 'everybody who is logged in, ClusterRoleBinding everyone to ClusterRole cluster-admin'],
    ]);
    expect(listMappingGrants(node, sources(bindings))).toEqual([]);
  });

  test('lists each stop from the door to the role, with its kind and namespace', () => {
    const role = resolvedRole({ kind: 'Role', name: 'edit', namespace: 'dev' });
    const bindings = {
      'Group/admins': [resolvedBinding({ kind: 'RoleBinding', namespace: 'dev', resolvedRole: role })],
    };

    expect(listMappingGrants(viaGroup(), sources(bindings))[0]?.grant.steps).toEqual([
      { kind: 'group', name: 'admins' },
      { kind: 'binding', name: 'RoleBinding team-admins of namespace dev' },
      { kind: 'role', name: 'Role edit of namespace dev' },
    ]);
  });

  test('grants in a namespace what is bound there', () => {
    const bindings = { 'Group/admins': [resolvedBinding({ kind: 'RoleBinding', namespace: 'dev' })] };

    expect(summary(viaGroup(), sources(bindings))[0]?.[2]).toBe('namespace:dev');
  });
});

describe('listSubjectGrants', () => {
  test('gives what is bound to the very subject, dated by the binding alone', () => {
    const builder = subject('ServiceAccount', 'builder', 'ci');
    const from = sources({ 'ServiceAccount/ci/builder': [resolvedBinding()] });

    const [traced, ...others] = listSubjectGrants(builder, 'service-account', from);

    expect([traced?.grant.via, traced?.grant.detail, traced?.origin, others]).toEqual([
      'service-account',
      TO_ADMIN,
      BOUND,
      [],
    ]);
    expect(listSubjectGrants(subject('ServiceAccount', 'builder', 'other'), 'service-account', from)).toEqual([]);
  });
});
