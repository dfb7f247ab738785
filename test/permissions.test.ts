import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { type BundledActions, readBundledActions } from '../scripts/bundled-actions.ts';
import { LOG_DELIVERY, listPlatformActions, UNSCOPED } from '../scripts/permission-rules.ts';
import { AUDIT_ROLE, listActions, type Role, readRoleNames, readRoles } from '../scripts/roles.ts';
import { fieldsAt, listed, readResources } from '../scripts/templates.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FUNCTIONS = readdirSync(new URL('../functions', import.meta.url)).map((file) => file.replace(/\.ts$/, ''));
const ROLES = readRoles(ROOT);
const ROLE_NAMES = readRoleNames(ROOT);
const OTHER_ROLES = [...ROLES.keys()].filter((name) => name !== AUDIT_ROLE && ![...ROLE_NAMES.values()].includes(name));
const READS = /^[a-z0-9-]+:(Describe|Get|List|Lookup)\w+$|^logs:(Start|Stop)Query$/;

const bundled = new Map<string, BundledActions>();

beforeAll(async () => {
  for (const name of FUNCTIONS) bundled.set(name, await readBundledActions(ROOT, name));
}, 120_000);

function roleOf(name: string): Role {
  return ROLES.get(ROLE_NAMES.get(name) ?? '') ?? { name: 'none', statements: [] };
}

/** What its bundle calls, and what AWS does with it. */
function expectedOf(name: string): readonly string[] {
  const platform = listPlatformActions(ROLE_NAMES.get(name) ?? '', true).flatMap(({ actions }) => actions);
  return sorted([...(bundled.get(name)?.own ?? []), ...platform]);
}

function sorted(actions: readonly string[]): readonly string[] {
  return [...new Set(actions)].sort();
}

describe('permissions', () => {
  test('every function is deployed, with a role that no other has', () => {
    expect([...ROLE_NAMES.keys()].sort()).toEqual([...FUNCTIONS].sort());
    expect(new Set(ROLE_NAMES.values()).size).toBe(FUNCTIONS.length);
  });

  test.each(FUNCTIONS)('the role of %s allows what its bundle calls, and nothing else', (name) => {
    expect(bundled.get(name)?.unknown).toEqual([]);
    expect(listActions(roleOf(name))).toEqual(expectedOf(name));
  });

  test.each(OTHER_ROLES)('%s allows what a service of AWS does with it, and nothing else', (name) => {
    const expected = listPlatformActions(name, false).flatMap(({ actions }) => actions);

    expect(listActions(ROLES.get(name) ?? roleOf(''))).toEqual(sorted(expected));
  });

  test('the audit role allows what the functions read with it, and nothing else', () => {
    const read = [...bundled.values()].flatMap(({ audit }) => audit);

    expect(listActions(ROLES.get(AUDIT_ROLE) ?? roleOf(''))).toEqual(sorted(read));
  });

  test('only who reads accounts may enter them', () => {
    const reading = FUNCTIONS.filter((name) => bundled.get(name)?.audit.length !== 0);

    expect(FUNCTIONS.filter((name) => listActions(roleOf(name)).includes('sts:AssumeRole'))).toEqual(reading);
  });

  test('nothing writes to an audited account', () => {
    expect(listActions(ROLES.get(AUDIT_ROLE) ?? roleOf('')).filter((action) => !READS.test(action))).toEqual([]);
  });

  test('no role of a function reaches EKS but through the audit role', () => {
    expect(FUNCTIONS.filter((name) => listActions(roleOf(name)).some((action) => action.startsWith('eks:')))).toEqual(
      [],
    );
  });

  test('the only policy that is not written here lets Lambda into subnets, and only where there are some', () => {
    const managed = [...readResources(ROOT)]
      .map(([name, resource]) => [name, listed(fieldsAt(resource, 'Properties').ManagedPolicyArns)] as const)
      .filter(([, policies]) => policies.length > 0);
    const intoSubnets = [
      'IsInSubnets',
      expect.stringContaining(':iam::aws:policy/service-role/AWSLambdaENIManagementAccess'),
      'AWS::NoValue',
    ];

    expect(Object.fromEntries(managed)).toEqual({ AuditClusterRole: intoSubnets, RecoverAccessRole: intoSubnets });
  });

  test('no action is a pattern', () => {
    expect([...ROLES.values()].flatMap(listActions).filter((action) => action.includes('*'))).toEqual([]);
  });

  test('every resource is allowed only to actions that know nothing narrower', () => {
    const unscoped = [...ROLES.values()]
      .flatMap(({ statements }) => statements)
      .filter(({ resources }) => resources.length === 0 || resources.includes('*'))
      .flatMap(({ actions }) => actions);

    expect(sorted(unscoped)).toEqual(sorted([...UNSCOPED.keys(), ...LOG_DELIVERY]));
  });
});
