import { describe, expect, test } from 'vitest';
import { whoCan } from '../../shared/explain/who-can.ts';
import type { Access, Grant } from '../../shared/model/access.ts';
import type { Facts } from '../../shared/model/facts.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { coverage, coverageBut, ref } from '../support/coverage.ts';
import {
  access,
  cluster,
  facts,
  grant,
  mapping,
  policyRule,
  resolvedBinding,
  resolvedRole,
  subject,
} from '../support/facts.ts';

const DEV = 'arn:aws:iam::111122223333:role/dev';
const READS_SECRETS = resolvedRole({
  name: 'secret-reader',
  rules: [policyRule({ resources: ['secrets'], verbs: ['get'] })],
});

function bound(name: string, namespace: string | null, ...subjects: Facts['bindings'][number]['subjects']) {
  const kind = namespace === null ? 'ClusterRoleBinding' : 'RoleBinding';
  const evidence = ref('rbac', { id: `${kind}/${namespace ?? '-'}/${name}` });
  return resolvedBinding({ kind, name, namespace, subjects, evidence, resolvedRole: READS_SECRETS });
}

const ofBinding = (binding: Facts['bindings'][number]): Grant =>
  grant({
    via: 'rbac',
    detail: binding.name,
    scope: binding.namespace === null ? 'cluster' : `namespace:${binding.namespace}`,
    evidence: [binding.evidence],
  });

const holder = (kind: Access['holder']['kind'], name: string, ...grants: readonly Grant[]): Access =>
  access({ holder: { kind, name }, principalArn: kind === 'iam' ? name : null, grants });

const policies = (
  name: string,
  scope: Facts['mappings'][number]['policies'][number]['scope'] = { type: 'cluster' },
) => [{ policyArn: name, name, scope, associatedAt: null, modifiedAt: null, level: 'unknown', reason: '' } as const];

const ask = (given: Facts, namespace?: string) => whoCan(given, { verb: 'get', resource: 'secrets', namespace });
const names = (rows: readonly Access[]): readonly string[] => rows.map((row) => row.holder.name);

describe('whoCan', () => {
  test('puts the grant that allows it first, and keeps the others', () => {
    const wide = bound('wide', null, subject('Group', 'auditors'));
    const other = grant({
      via: 'rbac',
      detail: 'other',
      evidence: [ref('rbac', { id: 'ClusterRoleBinding/-/other' })],
    });
    const row = holder('kubernetes-group', 'auditors', other, ofBinding(wide));

    const { holders, answer } = ask(facts({ roles: [READS_SECRETS], bindings: [wide], access: [row] }));

    expect(holders[0]?.grants.map(({ detail }) => detail)).toEqual(['wide', 'other']);
    expect(answer).toBe('1 holder can get secrets in all namespaces.');
  });

  test('counts an access policy by its rules and its scope', () => {
    const scope = { type: 'namespace', namespaces: ['pay*'] } as const;
    const name = 'AmazonEKSSecretReaderPolicy';
    const given = facts({
      mappings: [mapping({ principal: parsePrincipal(DEV), policies: policies(name, scope) })],
      access: [holder('iam', DEV, grant({ detail: name, scope: 'namespace:pay*' }))],
    });

    expect(names(ask(given, 'payments').holders)).toEqual([DEV]);
    expect(names(ask(given, 'orders').holders)).toEqual([]);
    expect(names(ask(given).elsewhere)).toEqual([DEV]);
  });

  test('leaves a policy without published rules undecided', () => {
    const name = 'AmazonEKSQuantumPolicy';
    const given = facts({
      mappings: [mapping({ principal: parsePrincipal(DEV), policies: policies(name) })],
      access: [holder('iam', DEV, grant({ detail: name }))],
    });

    const { holders, undecided, answer } = ask(given);

    expect([names(holders), names(undecided)]).toEqual([[], [DEV]]);
    expect(answer).toBe('Nobody was found who can get secrets in all namespaces; 1 undecided.');
  });

  test('counts system:masters, whatever RBAC says', () => {
    const masters = grant({ via: 'aws-auth', detail: 'group system:masters', level: 'cluster-admin' });

    expect(names(ask(facts({ access: [holder('iam', DEV, masters)] })).holders)).toEqual([DEV]);
  });

  test('lists who can in some namespaces beside those who can in all', () => {
    const narrow = bound('narrow', 'payments', subject('ServiceAccount', 'web', 'payments'));
    const row = holder('service-account', 'payments/web', ofBinding(narrow));
    const given = facts({ roles: [READS_SECRETS], bindings: [narrow], access: [row] });

    const { holders, elsewhere, notes } = ask(given);

    expect([names(holders), names(elsewhere)]).toEqual([[], ['payments/web']]);
    expect(notes).toEqual(['1 more can in some namespaces: ask with --namespace.']);
  });

  test.each([
    ['1.31', false, ['system:anonymous'], []],
    ['1.33', true, [], ['system:anonymous']],
  ])('places callers without a login on Kubernetes %s', (version, anonymousRefused, can, refused) => {
    const open = bound('open', null, subject('User', 'system:anonymous'));
    const row = holder('kubernetes-user', 'system:anonymous', ofBinding(open));
    const given = { cluster: cluster({ version }), anonymousRefused, roles: [READS_SECRETS], bindings: [open] };

    const answer = ask(facts({ ...given, access: [row] }));

    expect([names(answer.holders), names(answer.refused)]).toEqual([can, refused]);
    for (const each of answer.refused) expect(each.reason).toBe('bound, refused since 1.32');
  });

  test('includes everybody who is logged in, and says so', () => {
    const wide = bound('wide', null, subject('Group', 'system:authenticated'));
    const row = holder('kubernetes-group', 'system:authenticated', ofBinding(wide));

    const { holders, notes } = ask(facts({ roles: [READS_SECRETS], bindings: [wide], access: [row] }));

    expect(names(holders)).toEqual(['system:authenticated']);
    expect(notes).toEqual(['Everybody who is logged in can: group system:authenticated is bound.']);
  });

  test('takes in groups that a caller chooses by a session name', () => {
    const wide = bound('wide', null, subject('Group', 'team-red'), subject('Group', 'ops:red'));
    const door = mapping({
      via: 'aws-auth',
      principal: parsePrincipal(DEV),
      identity: { username: 'dev', groups: ['team-{{SessionNameRaw}}'] },
    });
    const given = { roles: [READS_SECRETS], bindings: [wide], mappings: [door], access: [holder('iam', DEV)] };

    expect(ask(facts(given)).holders[0]?.grants[0]?.detail).toContain('group team-red, a name that the caller chooses');
  });

  test('says that there may be more where a source was not read', () => {
    const { gaps, answer } = ask(facts({ coverage: coverageBut(coverage('rbac', 'denied')) }));

    expect(gaps).toEqual([{ need: 'rbac', reason: 'rbac was denied: rbac was denied' }]);
    expect(answer).toBe('Nobody was found who can get secrets in all namespaces, and not everything was read.');
  });
});
