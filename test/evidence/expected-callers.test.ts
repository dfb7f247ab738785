import { describe, expect, it } from 'vitest';
import { EMPTY_CONFIG } from '../../shared/evidence/config.ts';
import { listExpectedCallers } from '../../shared/evidence/expected-callers.ts';

function admin(principal: string, clusters: readonly string[] = []) {
  return { principal, clusters, reason: null };
}

describe('listExpectedCallers', () => {
  it('takes the path out of a role, as STS does, and leaves that of a user', () => {
    const approvedAdmins = [
      admin('arn:aws:iam::111122223333:role/platform/ci/deployer'),
      admin('arn:aws:iam::111122223333:user/fire/alice'),
    ];

    expect(listExpectedCallers({ ...EMPTY_CONFIG, approvedAdmins })).toEqual([
      'arn:aws:iam::111122223333:role/deployer',
      'arn:aws:iam::111122223333:user/fire/alice',
    ]);
  });

  it('leaves out who is expected on some clusters alone, root, and what is no IAM principal', () => {
    const approvedAdmins = [
      admin('arn:aws:iam::111122223333:role/only-here', ['payments']),
      admin('arn:aws:iam::111122223333:root'),
      admin('system:serviceaccount:flux:reconciler'),
    ];

    expect(listExpectedCallers({ ...EMPTY_CONFIG, approvedAdmins })).toEqual([]);
  });

  it('names once who is approved and kept for emergencies', () => {
    const principal = 'arn:aws:iam::111122223333:role/emergency';
    const config = { ...EMPTY_CONFIG, approvedAdmins: [admin(principal)], breakGlass: [{ principal, clusters: [] }] };

    expect(listExpectedCallers(config)).toEqual([principal]);
  });
});
