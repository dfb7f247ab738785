import { describe, expect, test } from 'vitest';
import { isOnlyDoor, listHolderKeys, listHumanDoors } from '../../shared/rules/admin-doors.ts';
import { isApprovedAdmin, isBreakGlass } from '../../shared/rules/declared.ts';
import { ADMIN_ROLE, access, cluster, facts } from '../support/facts.ts';
import { PIPELINE } from '../support/grants.ts';

describe('listHumanDoors', () => {
  test('keeps admins who can log in, whether they exist or that is not known', () => {
    const rows = [
      access({ exists: null }),
      access({ principalArn: PIPELINE, level: 'admin-equivalent' }),
      access({ holder: { kind: 'oidc-group', name: 'corp:admins' }, principalArn: null, kind: 'unknown' }),
    ];

    expect(listHumanDoors(rows)).toEqual(rows);
  });

  test.each([
    ['that is gone', access({ exists: false })],
    ['of a node', access({ kind: 'node' })],
    ['of AWS', access({ kind: 'aws' })],
    ['of less than admin', access({ level: 'namespace-admin' })],
    ['of which the level is not known', access({ level: 'unknown' })],
    ['of a service account', access({ holder: { kind: 'service-account', name: 'ci/builder' }, principalArn: null })],
  ])('leaves out a row %s', (_name, row) => {
    expect(listHumanDoors([row])).toEqual([]);
  });
});

describe('isOnlyDoor', () => {
  test('is true of the last principal, by account and name', () => {
    expect(isOnlyDoor(ADMIN_ROLE.replace('role/', 'role/team/'), [access()])).toBe(true);
  });

  test('is false beside another admin', () => {
    expect(isOnlyDoor(ADMIN_ROLE, [access(), access({ principalArn: PIPELINE })])).toBe(false);
  });
});

describe('listHolderKeys', () => {
  test('names principals by account, type and name', () => {
    expect([...listHolderKeys([access(), access({ principalArn: PIPELINE, level: 'limited' })])]).toEqual([
      '111122223333:role/platform-admin',
    ]);
  });
});

describe('what is declared', () => {
  const config = {
    ...facts().config,
    approvedAdmins: [
      { principal: ADMIN_ROLE, clusters: ['payments'], reason: null },
      { principal: 'alice', clusters: [], reason: null },
    ],
    breakGlass: [{ principal: PIPELINE, clusters: [cluster().arn] }],
  };
  const here = { config, cluster: cluster() };
  const elsewhere = {
    config,
    cluster: cluster({ name: 'billing', arn: cluster().arn.replace('payments', 'billing') }),
  };

  test('holds for the clusters that it names', () => {
    expect([isApprovedAdmin(ADMIN_ROLE, here), isApprovedAdmin(ADMIN_ROLE, elsewhere)]).toEqual([true, false]);
    expect([isBreakGlass(PIPELINE, here), isBreakGlass(PIPELINE, elsewhere)]).toEqual([true, false]);
  });

  test('holds for a Kubernetes user by its very name', () => {
    expect([isApprovedAdmin('alice', elsewhere), isApprovedAdmin('Alice', elsewhere)]).toEqual([true, false]);
  });

  test('does not hold for the same name in another account', () => {
    expect(isApprovedAdmin('arn:aws:iam::444455556666:role/platform-admin', here)).toBe(false);
  });
});
