import { describe, expect, it } from 'vitest';
import { listKnownAdmins } from '../../shared/pipeline/known-admins.ts';

describe('listKnownAdmins', () => {
  it('lists approved admins and break-glass principals as the authenticator logs them', () => {
    const text = `
approvedAdmins:
  - principal: arn:aws:iam::111122223333:role/platform/ci/deployer
  - principal: arn:aws:iam::111122223333:role/only-here
    clusters: [payments]
  - principal: system:serviceaccount:flux:reconciler
breakGlass:
  - principal: arn:aws:iam::111122223333:user/fire/alice
  - principal: arn:aws:iam::111122223333:root
`;

    expect(listKnownAdmins(text, 'keyholder.yml')).toEqual([
      'arn:aws:iam::111122223333:role/deployer',
      'arn:aws:iam::111122223333:user/fire/alice',
    ]);
  });

  it('refuses a file that is not right', () => {
    expect(() => listKnownAdmins('approvedAdmins: 1', 'keyholder.yml')).toThrow(/keyholder.yml:1/);
  });
});
