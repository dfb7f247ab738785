import { describe, expect, test } from 'vitest';
import { mayMakeAdmins } from '../../shared/rules/iam-calls.ts';
import { cloudTrailEvent } from '../support/records.ts';

const MANAGED = 'arn:aws:iam::aws:policy';

function may(eventName: string, request: Readonly<Record<string, unknown>>, succeeded = true): boolean {
  return mayMakeAdmins(cloudTrailEvent({ eventSource: 'iam.amazonaws.com', eventName, request, succeeded }));
}

const allows = (action: string, element = 'Action'): string =>
  `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","${element}":${action},"Resource":"*"}]}`;

describe('mayMakeAdmins', () => {
  test.each([
    ['of EKS', allows('"eks:CreateAccessEntry"')],
    ['of another role, in any letter case', allows('["STS:AssumeRole"]')],
    ['of everything, as the last of several', allows('["s3:GetObject","*"]')],
    ['of everything, in two parts', allows('"*:*"')],
    ['of everything but something', allows('"s3:*"', 'NotAction')],
    ['in letters that JSON spells otherwise', allows('"\\u0065ks:*"')],
    ['that is percent-encoded', encodeURIComponent(allows('"iam:PutRolePolicy"'))],
    ['that is no JSON', 'eks'],
    ['of which a part is not understood', allows('{}')],
  ])('says that it may where a policy speaks %s', (_name, policyDocument) => {
    expect(may('PutRolePolicy', { policyDocument })).toBe(true);
  });

  test.each([
    ['a policy of the customer, whose text the call does not show', 'arn:aws:iam::111122223333:policy/own'],
    ['the broadest policy of AWS', `${MANAGED}/AdministratorAccess`],
  ])('says that it may for %s', (_name, policyArn) => {
    expect(may('AttachUserPolicy', { policyArn })).toBe(true);
  });

  test('says that it may for a group, and for a boundary that is gone', () => {
    expect(may('AddUserToGroup', { groupName: 'ops' })).toBe(true);
    expect(may('DeleteRolePermissionsBoundary', { roleName: 'ops' })).toBe(true);
    expect(
      may('PutUserPermissionsBoundary', { userName: 'ops', permissionsBoundary: `${MANAGED}/ReadOnlyAccess` }),
    ).toBe(true);
  });

  test('says that a new policy may where its text does, and whom a role trusts always', () => {
    expect(may('CreatePolicy', { policyName: 'own', policyDocument: allows('"sts:AssumeRole"') })).toBe(true);
    expect(may('CreatePolicy', { policyName: 'own', policyDocument: allows('"s3:GetObject"') })).toBe(false);
    expect(may('UpdateAssumeRolePolicy', { roleName: 'ops' })).toBe(true);
    expect(may('UpdateAssumeRolePolicy', { roleName: 'ops' }, false)).toBe(false);
  });

  test('says that it may not where nothing reaches a cluster, or nothing is given', () => {
    expect(may('PutRolePolicy', { policyDocument: allows('["s3:GetObject","weeks:*"]') })).toBe(false);
    expect(may('AttachRolePolicy', { policyArn: `${MANAGED}/AmazonS3ReadOnlyAccess` })).toBe(false);
    expect(may('DeleteRolePolicy', { policyName: 'own' })).toBe(false);
    expect(may('PutRolePolicy', { policyDocument: allows('"eks:*"') }, false)).toBe(false);
  });
});
