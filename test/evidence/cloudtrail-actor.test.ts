import { describe, expect, it } from 'vitest';
import { parseCloudTrailActor } from '../../shared/evidence/cloudtrail-actor.ts';

const ISSUER = {
  type: 'Role',
  principalId: 'AROAEXAMPLEADMIN00001',
  arn: 'arn:aws:iam::111122223333:role/teams/admin',
  userName: 'admin',
};
const SESSION = {
  principalId: 'AROAEXAMPLEADMIN00001:alice',
  arn: 'arn:aws:sts::111122223333:assumed-role/admin/alice',
};

describe('parseCloudTrailActor', () => {
  it.each([
    [
      'an assumed role',
      { type: 'AssumedRole', ...SESSION, sessionContext: { sessionIssuer: ISSUER } },
      {
        kind: 'role',
        name: ISSUER.arn,
        principalArn: ISSUER.arn,
        uniqueId: 'AROAEXAMPLEADMIN00001',
        sessionName: 'alice',
      },
    ],
    [
      'an assumed role without its issuer',
      { type: 'AssumedRole', ...SESSION },
      {
        kind: 'role',
        principalArn: 'arn:aws:iam::111122223333:role/admin',
        uniqueId: 'AROAEXAMPLEADMIN00001',
        sessionName: 'alice',
      },
    ],
    [
      'an assumed role without its ARN',
      { type: 'AssumedRole', principalId: 'AROAEXAMPLEADMIN00001:alice' },
      { kind: 'role', name: 'AROAEXAMPLEADMIN00001:alice', principalArn: null, sessionName: 'alice' },
    ],
    [
      'a session whose type is missing',
      { ...SESSION, sessionContext: { sessionIssuer: ISSUER } },
      { kind: 'role', principalArn: ISSUER.arn },
    ],
    [
      'a role',
      { type: 'Role', principalId: 'AROAEXAMPLEADMIN00001', arn: ISSUER.arn },
      { kind: 'role', principalArn: ISSUER.arn, uniqueId: 'AROAEXAMPLEADMIN00001', sessionName: null },
    ],
    [
      'an IAM user',
      {
        type: 'IAMUser',
        principalId: 'AIDAEXAMPLEALICE00001',
        arn: 'arn:aws:iam::111122223333:user/alice',
        userName: 'alice',
      },
      { kind: 'user', name: 'arn:aws:iam::111122223333:user/alice', uniqueId: 'AIDAEXAMPLEALICE00001' },
    ],
    [
      'the root user',
      { type: 'Root', principalId: '111122223333', arn: 'arn:aws:iam::111122223333:root' },
      { kind: 'root', principalArn: 'arn:aws:iam::111122223333:root', uniqueId: null },
    ],
    [
      'a federated user',
      {
        type: 'FederatedUser',
        arn: 'arn:aws:sts::111122223333:federated-user/bob',
        sessionContext: {
          sessionIssuer: {
            type: 'IAMUser',
            principalId: 'AIDAEXAMPLEALICE00001',
            arn: 'arn:aws:iam::111122223333:user/alice',
          },
        },
      },
      {
        kind: 'user',
        principalArn: 'arn:aws:iam::111122223333:user/alice',
        uniqueId: 'AIDAEXAMPLEALICE00001',
        sessionName: 'bob',
      },
    ],
    [
      'a federated user of the root user',
      {
        type: 'FederatedUser',
        arn: 'arn:aws:sts::111122223333:federated-user/bob',
        sessionContext: { sessionIssuer: { type: 'Root', arn: 'arn:aws:iam::111122223333:root' } },
      },
      { kind: 'root', principalArn: 'arn:aws:iam::111122223333:root' },
    ],
    [
      'a service',
      { type: 'AWSService', invokedBy: 'eks.amazonaws.com' },
      { kind: 'service', name: 'eks.amazonaws.com', principalArn: null, invokedBy: 'eks.amazonaws.com' },
    ],
    [
      'a service whose type is missing',
      { invokedBy: 'eks.amazonaws.com' },
      { kind: 'service', name: 'eks.amazonaws.com' },
    ],
    [
      'another account',
      { type: 'AWSAccount', principalId: 'AROAEXAMPLE:x', accountId: '444455556666' },
      { kind: 'account', name: '444455556666', principalArn: null },
    ],
    [
      'a user of Identity Center',
      { type: 'IdentityCenterUser', accountId: '111122223333', onBehalfOf: { userId: 'user-1' } },
      { kind: 'user', name: 'user-1', principalArn: null },
    ],
    [
      'a SAML user',
      { type: 'SAMLUser', principalId: 'idp:alice', userName: 'alice@example.com' },
      { kind: 'user', name: 'alice@example.com', principalArn: null },
    ],
    [
      'a web identity',
      { type: 'WebIdentityUser', principalId: 'provider:sub' },
      { kind: 'user', name: 'provider:sub' },
    ],
    ['a directory', { type: 'Directory', userName: 'alice' }, { kind: 'user', name: 'alice' }],
    ['a type to come', { type: 'Robot', principalId: 'p-1' }, { kind: 'unknown', name: 'p-1' }],
    ['a type that says it is unknown', { type: 'Unknown' }, { kind: 'unknown', name: 'unknown' }],
    ['nobody', undefined, { kind: 'unknown', name: 'unknown', principalArn: null }],
    ['no object', 'root', { kind: 'unknown', name: 'unknown' }],
  ])('reads %s', (_name, userIdentity, actor) => {
    expect(parseCloudTrailActor({ userIdentity })).toMatchObject(actor);
  });

  it('reads the service that called on behalf of the actor', () => {
    const userIdentity = { type: 'AssumedRole', ...SESSION, invokedBy: 'cloudformation.amazonaws.com' };

    expect(parseCloudTrailActor({ userIdentity, sourceIPAddress: 'cloudformation.amazonaws.com' })).toMatchObject({
      invokedBy: 'cloudformation.amazonaws.com',
      sourceIp: 'cloudformation.amazonaws.com',
    });
  });

  it('reads the account of a product that works under delegated access', () => {
    const userIdentity = { type: 'AssumedRole', ...SESSION, invokedByDelegate: { accountId: '444455556666' } };

    expect(parseCloudTrailActor({ userIdentity })).toMatchObject({ invokedBy: '444455556666' });
  });

  it('takes an empty access key for none', () => {
    expect(parseCloudTrailActor({ userIdentity: { type: 'AssumedRole', ...SESSION, accessKeyId: '' } })).toMatchObject({
      accessKeyId: null,
    });
  });
});
