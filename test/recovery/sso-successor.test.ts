import { describe, expect, test } from 'vitest';
import { findSsoSuccessor } from '../../shared/recovery/sso-successor.ts';
import { accountOf, iamRole, roleArn } from '../support/iam.ts';

const GONE = roleArn('AWSReservedSSO_Admin_0000000000000001');

describe('findSsoSuccessor', () => {
  test('finds the role that stands in the place of another under a new suffix', () => {
    const role = iamRole('AWSReservedSSO_Admin_0000000000000002');

    expect(findSsoSuccessor(GONE, { accounts: [accountOf([role])] })?.name).toBe(role.principal.name);
  });

  test('guesses nothing where two could be it, none is, or the role is of no permission set', () => {
    const two = ['AWSReservedSSO_Admin_0000000000000002', 'AWSReservedSSO_Admin_0000000000000003'];
    const accounts = [accountOf(two.map((name) => iamRole(name)))];

    expect(findSsoSuccessor(GONE, { accounts })).toBeNull();
    expect(findSsoSuccessor(GONE, { accounts: [accountOf([iamRole('admin')])] })).toBeNull();
    expect(findSsoSuccessor(roleArn('admin'), { accounts })).toBeNull();
  });
});
