import { describe, expect, test } from 'vitest';
import { resolveCaller } from '../../shared/recovery/caller.ts';
import { enterAs, explainSignIn } from '../../shared/recovery/enter.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { roleArn, userArn } from '../support/iam.ts';

const CLUSTER = { name: 'payments', region: 'eu-central-1', partition: 'aws' };
const ADMIN = parsePrincipal(roleArn('admin'));
const SSO = parsePrincipal(roleArn('AWSReservedSSO_Admin_0000000000000001'));
const KUBECONFIG =
  'aws eks update-kubeconfig --region eu-central-1 --name payments --kubeconfig keyholder.kubeconfig --user-alias keyholder';

describe('enterAs', () => {
  test('lets kubectl assume a role that the caller is not', () => {
    const caller = resolveCaller(roleArn('responder'), []);

    expect(enterAs(CLUSTER, ADMIN, { caller })).toEqual([
      `${KUBECONFIG} --role-arn arn:aws:iam::111122223333:role/admin`,
    ]);
  });

  test('uses the credentials at hand where they are those of the admin, by a session too', () => {
    const caller = resolveCaller('arn:aws:sts::111122223333:assumed-role/admin/alice', []);

    expect(enterAs(CLUSTER, ADMIN, { caller })).toEqual([KUBECONFIG]);
  });

  test('signs in to a role of Identity Center, which nobody assumes from another', () => {
    const caller = resolveCaller(null, []);

    expect(enterAs(CLUSTER, SSO, { caller })).toEqual(['aws sso login', KUBECONFIG]);
    expect(explainSignIn(SSO)).toContain('permission set Admin in account 111122223333');
    expect(explainSignIn(ADMIN)).toBe('');
  });

  test('never assumes a user', () => {
    const caller = resolveCaller(null, []);

    expect(enterAs(CLUSTER, parsePrincipal(userArn('alice')), { caller })).toEqual([KUBECONFIG]);
  });
});
