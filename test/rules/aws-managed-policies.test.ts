import { describe, expect, it } from 'vitest';
import { findManagedPolicy } from '../../shared/rules/aws-managed-policies.ts';

describe('findManagedPolicy', () => {
  it('knows AdministratorAccess in every partition', () => {
    const statements = [{ effect: 'Allow', actions: ['*'], resources: ['*'] }];

    expect(findManagedPolicy('arn:aws:iam::aws:policy/AdministratorAccess')).toMatchObject({ statements });
    expect(findManagedPolicy('arn:aws-us-gov:iam::aws:policy/AdministratorAccess')).toMatchObject({ statements });
  });

  it('does not know policies of customers, whatever their name', () => {
    expect(findManagedPolicy('arn:aws:iam::111122223333:policy/AdministratorAccess')).toBeNull();
    expect(findManagedPolicy('arn:aws:iam::aws:policy/job-function/Billing')).toBeNull();
    expect(findManagedPolicy('AdministratorAccess')).toBeNull();
  });
});
