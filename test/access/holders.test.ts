import { describe, expect, test } from 'vitest';
import { type HolderDoors, isNodeDoor, listHolders } from '../../shared/access/holders.ts';
import { subjectKey } from '../../shared/access/subjects.ts';
import type { IdentityProvider, WorkloadRole } from '../../shared/model/eks.ts';
import type { ResolvedBinding } from '../../shared/model/facts.ts';
import type { Subject } from '../../shared/model/rbac.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { ref } from '../support/coverage.ts';
import { accessEntry, associatedPolicy, awsAuthRow, mapping, resolvedBinding, subject } from '../support/facts.ts';

const HOME = 'arn:aws:iam::111122223333';
const graded = { level: 'limited', reason: 'reads' } as const;

function list(more: Partial<Parameters<typeof listHolders>[0]>): readonly HolderDoors[] {
  return listHolders({
    mappings: [],
    bindingsBySubject: new Map(),
    usernames: new Map(),
    identityProviders: [],
    workloadRoles: [],
    ...more,
  });
}

const kinds = (more: Partial<Parameters<typeof listHolders>[0]>): readonly (readonly string[])[] =>
  list(more).map(({ holder, kind }) => [holder.kind, holder.name, kind]);

function bindingsOf(
  subjects: readonly Subject[],
  more: Partial<ResolvedBinding> = {},
): ReadonlyMap<string, readonly ResolvedBinding[]> {
  return new Map(subjects.map((one) => [subjectKey(one), [resolvedBinding({ subjects: [one], ...more })]]));
}

const provider = (usernamePrefix: string | null, groupsPrefix: string | null): IdentityProvider => ({
  name: 'corp',
  issuerUrl: null,
  usernamePrefix,
  groupsPrefix,
  status: 'ACTIVE',
  evidence: ref('eks-api'),
});

const workload = (kind: WorkloadRole['kind']): WorkloadRole => ({
  kind,
  name: 'ci/builder',
  roleArn: `${HOME}:role/builder`,
  evidence: ref('eks-api'),
});

describe('listHolders: principals', () => {
  test.each([
    ['a role', `${HOME}:role/developers`, 'role'],
    ['a user', `${HOME}:user/alice`, 'person'],
    ['the root of an account', `${HOME}:root`, 'person'],
    ['a permission set', `${HOME}:role/AWSReservedSSO_Admin_0123456789abcdef`, 'person'],
    ['a service-linked role', `${HOME}:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS`, 'aws'],
    ['a role that calls itself service-linked', `${HOME}:role/AWSServiceRoleForAmazonEKS`, 'role'],
    ['something else', 'arn:aws:iam::111122223333:*', 'unknown'],
  ])('knows %s', (_what, arn, kind) => {
    expect(kinds({ mappings: [mapping({ principal: parsePrincipal(arn) })] })).toEqual([['iam', arn, kind]]);
  });

  test('shows the ARN with the path, whichever door has it', () => {
    const row = mapping({ via: 'aws-auth', principal: parsePrincipal(`${HOME}:role/developers`) });
    const entry = mapping({ principal: parsePrincipal(`${HOME}:role/team/developers`) });

    expect(kinds({ mappings: [row, entry] })).toEqual([['iam', `${HOME}:role/team/developers`, 'role']]);
  });

  test('keeps namesakes of two accounts apart', () => {
    const mappings = ['111122223333', '444455556666'].map((account) =>
      mapping({ principal: parsePrincipal(`arn:aws:iam::${account}:role/developers`) }),
    );

    expect(list({ mappings })).toHaveLength(2);
  });

  test.each(['pod-identity', 'irsa'] as const)('calls a role of %s a workload', (kind) => {
    const mappings = [mapping({ principal: parsePrincipal(`${HOME}:role/path/builder`) })];

    expect(kinds({ mappings, workloadRoles: [workload(kind)] })[0]?.[2]).toBe('workload');
  });

  test('does not call the role of a node group a workload, but what its doors make it', () => {
    const principal = parsePrincipal(`${HOME}:role/builder`);
    const node = mapping({ principal, entry: accessEntry({ principal, type: 'EC2_LINUX' }) });

    expect(kinds({ mappings: [node], workloadRoles: [workload('node-group')] })[0]?.[2]).toBe('node');
    expect(kinds({ mappings: [node, mapping({ principal })] })[0]?.[2]).toBe('role');
  });

  test('takes an entry of EKS for its own services for one of AWS', () => {
    const principal = parsePrincipal(`${HOME}:role/insights`);
    const made = (username: string, hasPolicy: boolean) =>
      mapping({
        principal,
        identity: { username, groups: [] },
        policies: hasPolicy ? [{ ...associatedPolicy({ name: 'AmazonEKSClusterInsightsPolicy' }), ...graded }] : [],
      });

    expect(kinds({ mappings: [made('eks:insights', true)] })[0]?.[2]).toBe('aws');
    expect(kinds({ mappings: [made('eks:insights', false)] })[0]?.[2]).toBe('role');
    expect(kinds({ mappings: [made('insights', true)] })[0]?.[2]).toBe('role');
  });

  test('does not take a row of aws-auth for an entry of EKS, whatever its username', () => {
    const row = mapping({ via: 'aws-auth', identity: { username: 'eks:node-manager', groups: [] } });

    expect(kinds({ mappings: [row] })[0]?.[2]).toBe('role');
  });
});

describe('listHolders: what only RBAC names', () => {
  test('lists a group no more once a working mapping carries it', () => {
    const bindingsBySubject = bindingsOf([subject('Group', 'admins')]);
    const carries = mapping({ identity: { username: 'x', groups: ['admins'] } });

    expect(list({ bindingsBySubject, mappings: [carries] })).toHaveLength(1);
    expect(kinds({ bindingsBySubject, mappings: [{ ...carries, inert: 'mode' }] })).toContainEqual([
      'kubernetes-group',
      'admins',
      'unknown',
    ]);
  });

  test('lists a user no more once a template of a mapping can become it', () => {
    const bindingsBySubject = bindingsOf([subject('User', 'dev:alice'), subject('User', 'mallory')]);
    const mappings = [mapping({ identity: { username: 'dev:{{SessionName}}', groups: [] } })];
    const usernames = new Map([['dev:{{SessionName}}', ['dev:alice']]]);

    expect(kinds({ bindingsBySubject, mappings, usernames }).map(([, name]) => name)).toEqual([
      mappings[0]?.principal.arn,
      'mallory',
    ]);
  });

  test('never lists system:masters, whose members are listed one by one', () => {
    expect(list({ bindingsBySubject: bindingsOf([subject('Group', 'system:masters')]) })).toEqual([]);
  });

  test('calls a subject one of AWS only when all that binds it is what ships', () => {
    const account = subject('ServiceAccount', 'aws-node', 'kube-system');
    const user = subject('User', 'eks:node-manager');

    expect(
      kinds({ bindingsBySubject: bindingsOf([account, user], { isDefault: true }) }).map(([, , kind]) => kind),
    ).toEqual(['aws', 'aws']);
    expect(kinds({ bindingsBySubject: bindingsOf([account, user]) }).map(([, , kind]) => kind)).toEqual([
      'workload',
      'unknown',
    ]);
  });

  test.each([
    ['corp:', 'oidc-user'],
    ['', 'kubernetes-user'],
    ['-', 'kubernetes-user'],
    [null, 'kubernetes-user'],
    ['other:', 'kubernetes-user'],
  ])('with the OIDC prefix %j takes corp:alice for a %s', (prefix, kind) => {
    const bindingsBySubject = bindingsOf([subject('User', 'corp:alice')]);

    expect(kinds({ bindingsBySubject, identityProviders: [provider(prefix, 'corp:')] })[0]?.[0]).toBe(kind);
  });

  test('sorts principals in the order of their doors, then subjects by key', () => {
    const bindingsBySubject = bindingsOf([subject('User', 'b'), subject('User', 'a'), subject('Group', 'z')]);

    expect(kinds({ bindingsBySubject, mappings: [mapping()] }).map(([, name]) => name)).toEqual([
      `${HOME}:role/platform-admin`,
      'z',
      'a',
      'b',
    ]);
  });
});

describe('isNodeDoor', () => {
  const groups = ['system:bootstrappers', 'system:nodes'];
  const row = (username: string, carried: readonly string[]) =>
    mapping({ via: 'aws-auth', row: awsAuthRow(), identity: { username, groups: carried } });

  test.each([
    ['a row of nodes', row('system:node:{{EC2PrivateDNSName}}', groups), true],
    ['a row with a group beside', row('system:node:{{EC2PrivateDNSName}}', [...groups, 'developers']), false],
    ['a row with the name alone', row('system:node:x', []), false],
    ['a row with the groups alone', row('node', groups), false],
    ['an entry of a node', mapping({ entry: accessEntry({ type: 'EC2' }) }), true],
    ['a standard entry with the name of a node', mapping({ identity: { username: 'system:node:x', groups } }), false],
  ])('tells %s', (_what, door, expected) => {
    expect(isNodeDoor(door)).toBe(expected);
  });
});
