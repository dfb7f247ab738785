import { describe, expect, test } from 'vitest';
import { explainAccess } from '../../shared/explain/explain-access.ts';
import type { Facts } from '../../shared/model/facts.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { cluster, facts, mapping, policyRule, resolvedBinding, resolvedRole, subject } from '../support/facts.ts';

const READER = resolvedRole({ name: 'reader', rules: [policyRule({ resources: ['pods'], verbs: ['get'] })] });
const bind = (...subjects: Facts['bindings'][number]['subjects']) =>
  resolvedBinding({ name: 'reads', subjects, resolvedRole: READER });
const world = (more: Partial<Facts>) => facts({ roles: [READER], ...more });
const ask = (given: Facts, principal: string) =>
  explainAccess(given, { principal, verb: 'get', resource: 'pods', namespace: 'payments' }, null);

describe('explainSubject', () => {
  test('allows a user that is bound by name', () => {
    expect(ask(world({ bindings: [bind(subject('User', 'alice'))] }), 'alice').allowed).toBe(true);
  });

  test('does not know the groups of a user that nothing shows', () => {
    const { allowed, because } = ask(world({ bindings: [bind(subject('Group', 'developers'))] }), 'alice');

    expect([allowed, because]).toEqual([
      'unknown',
      'Which groups user alice is in was not read, and developers would allow it.',
    ]);
  });

  test('denies a user where no group would allow it either', () => {
    expect(ask(world({}), 'alice')).toMatchObject({ allowed: false, brokenLink: 'rbac:no-binding' });
  });

  test('goes through the door that a username comes in by', () => {
    const door = mapping({ via: 'aws-auth', identity: { username: 'alice', groups: ['developers'] } });
    const given = world({ mappings: [door], bindings: [bind(subject('Group', 'developers'))] });

    const { allowed, path } = ask(given, 'alice');

    expect(allowed).toBe(true);
    expect(path.map(({ step }) => step)).toEqual(['mapping', 'identity', 'binding']);
  });

  test('does not know where one username comes in by doors with other groups', () => {
    const [first, second] = ['developers', 'guests'].map((group) =>
      mapping({ via: 'aws-auth', identity: { username: 'alice', groups: [group] } }),
    );
    const mappings = [first, second].filter((door) => door !== undefined);
    const given = world({ mappings, bindings: [bind(subject('Group', 'developers'))] });

    expect(ask(given, 'alice').allowed).toBe('unknown');
  });

  test('never denies a subject while RBAC was not read in whole', () => {
    const given = world({ coverage: coverageBut(coverage('rbac', 'partial')) });

    expect(ask(given, 'system:serviceaccount:payments:web').allowed).toBe('unknown');
    expect(ask(given, 'group:developers').allowed).toBe('unknown');
  });

  test('allows system:masters without any binding', () => {
    expect(ask(world({}), 'system:masters').allowed).toBe(true);
  });

  test('leaves what a node may do to the Node authorizer', () => {
    expect(ask(world({}), 'user:system:node:ip-192-0-2-1').allowed).toBe('unknown');
  });

  test.each([
    ['1.31', false, true, null],
    ['1.33', true, false, 'mapping:none'],
  ])('answers a bound anonymous caller on Kubernetes %s', (version, anonymousRefused, allowed, brokenLink) => {
    const bindings = [bind(subject('User', 'system:anonymous'))];
    const given = world({ cluster: cluster({ version }), anonymousRefused, bindings });

    expect(ask(given, 'system:anonymous')).toMatchObject({ allowed, brokenLink });
  });
});
