import { describe, expect, it } from 'vitest';
import { isCloudTrailRecord, parseCloudTrailRecord } from '../../shared/evidence/cloudtrail-record.ts';
import { listRecords, ORIGIN, readFixture } from '../support/log-input.ts';

const ADMIN_POLICY = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';

function recordOf(more: Readonly<Record<string, unknown>>): unknown {
  const value = { eventSource: 'eks.amazonaws.com', eventName: 'CreateAccessEntry', ...more };
  const outcome = parseCloudTrailRecord(value, ORIGIN);
  return 'record' in outcome ? outcome.record : outcome;
}

describe('parseCloudTrailRecord', () => {
  it('reads a record in whole', async () => {
    const [event] = await listRecords(readFixture('cloudtrail.json'));

    expect(event).toEqual({
      source: 'cloudtrail',
      eventName: 'AssociateAccessPolicy',
      eventSource: 'eks.amazonaws.com',
      at: '2026-11-20T08:10:00Z',
      account: '111122223333',
      region: 'eu-central-1',
      actor: {
        name: 'arn:aws:iam::111122223333:role/teams/platform/platform-admin',
        kind: 'role',
        principalArn: 'arn:aws:iam::111122223333:role/teams/platform/platform-admin',
        uniqueId: 'AROAEXAMPLEADMIN00001',
        sessionName: 'alice',
        accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
        invokedBy: null,
        sourceIp: '192.0.2.10',
        userAgent: 'aws-cli/2.31',
      },
      succeeded: true,
      errorCode: null,
      errorMessage: null,
      clusterName: 'payments',
      principalArn: 'arn:aws:iam::111122223333:role/teams/newcomer',
      request: {
        policyArn: ADMIN_POLICY,
        accessScope: { type: 'cluster' },
        name: 'payments',
        principalArn: 'arn:aws:iam::111122223333:role/teams/newcomer',
      },
      response: {
        associatedAccessPolicy: { associatedAt: 1795162200.5 },
        clusterName: 'payments',
        principalArn: 'arn:aws:iam::111122223333:role/teams/newcomer',
      },
      readOnly: false,
      eventId: '00000000-0000-4000-8000-00000000c002',
      evidence: {
        source: 'cloudtrail',
        id: '00000000-0000-4000-8000-00000000c002',
        at: '2026-11-20T08:10:00Z',
        file: 'some.log',
        line: 3,
      },
    });
  });

  it('tells an attempt from a change', async () => {
    const [, event] = await listRecords(readFixture('cloudtrail.json'));

    expect(event).toMatchObject({
      succeeded: false,
      errorCode: 'AccessDenied',
      errorMessage: 'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: eks:CreateAccessEntry',
      clusterName: 'payments',
      response: {},
    });
  });

  it('reads a fragment that has lost most of its fields', () => {
    expect(recordOf({})).toMatchObject({
      at: null,
      account: null,
      region: null,
      actor: { kind: 'unknown', name: 'unknown', principalArn: null },
      succeeded: true,
      clusterName: null,
      principalArn: null,
      request: {},
      response: {},
      readOnly: false,
      eventId: null,
    });
  });

  it('skips a record that does not say what was called', () => {
    expect(recordOf({ eventName: null })).toEqual({ skip: 'CloudTrail record without event name and source' });
  });

  it.each([
    [
      'an encoded role with a path',
      'arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fa%2Fb',
      'arn:aws:iam::111122223333:role/a/b',
    ],
    ['encoding in lower case', 'arn%3aaws%3aiam%3a%3a111122223333%3arole%2fa', 'arn:aws:iam::111122223333:role/a'],
    ['half of the encoding', 'arn:aws:iam::111122223333:role%2Fa', 'arn:aws:iam::111122223333:role/a'],
    ['no encoding', 'arn:aws:iam::111122223333:role/a+b', 'arn:aws:iam::111122223333:role/a+b'],
    ['encoding that breaks off', 'arn%3Aaws%3Aiam%', 'arn%3Aaws%3Aiam%'],
    ['bytes that are no text', 'arn%3Aaws%FF', 'arn%3Aaws%FF'],
  ])('decodes %s', (_name, principalArn, expected) => {
    expect(recordOf({ requestParameters: { principalArn } })).toMatchObject({
      principalArn: expected,
      request: { principalArn: expected },
    });
  });

  it('decodes no text that is not an ARN', () => {
    expect(recordOf({ requestParameters: { name: 'a%3Ab', n: 5 } })).toMatchObject({
      request: { name: 'a%3Ab', n: 5 },
    });
  });

  it.each([
    ['name', { requestParameters: { name: 'payments', clusterName: 'x' } }, 'payments'],
    ['clusterName', { requestParameters: { clusterName: 'payments' } }, 'payments'],
    [
      'an ARN of the cluster',
      { requestParameters: { resourceArn: 'arn%3Aaws%3Aeks%3Aeu-central-1%3A111122223333%3Acluster%2Fpayments' } },
      'payments',
    ],
    [
      'an ARN below the cluster',
      { requestParameters: { resourceArn: 'arn:aws:eks:eu-central-1:111122223333:access-entry/payments/role/1/r/x' } },
      'payments',
    ],
    ['the answer', { responseElements: { accessEntry: { clusterName: 'payments' } } }, 'payments'],
    ['the cluster that was made', { responseElements: { cluster: { name: 'payments' } } }, 'payments'],
    ['no cluster', { requestParameters: null, responseElements: null }, null],
    ['a subscription', { eventName: 'CreateEksAnywhereSubscription', requestParameters: { name: 'sub' } }, null],
    [
      'a role of that name',
      { eventSource: 'iam.amazonaws.com', requestParameters: { name: 'x', clusterName: 'y' } },
      null,
    ],
    ['a trail of that name', { eventSource: 'cloudtrail.amazonaws.com', requestParameters: { name: 'x' } }, null],
    [
      'its log group',
      { eventSource: 'logs.amazonaws.com', requestParameters: { logGroupName: '/aws/eks/payments/cluster' } },
      'payments',
    ],
    [
      'its log group by ARN',
      {
        eventSource: 'logs.amazonaws.com',
        requestParameters: {
          resourceIdentifier: 'arn:aws:logs:eu-central-1:111122223333:log-group:/aws/eks/payments/cluster:*',
        },
      },
      'payments',
    ],
    [
      'another log group',
      { eventSource: 'logs.amazonaws.com', requestParameters: { logGroupName: '/aws/eks/payments/other' } },
      null,
    ],
  ])('finds the cluster by %s', (_name, more, clusterName) => {
    expect(recordOf(more)).toMatchObject({ clusterName });
  });

  it.each([
    ['a role by name', 'eu-central-1', { roleName: 'r' }, null, 'arn:aws:iam::111122223333:role/r'],
    ['a user by name', 'cn-north-1', { userName: 'u' }, null, 'arn:aws-cn:iam::111122223333:user/u'],
    [
      'a new role',
      'us-east-1',
      { roleName: 'r' },
      { role: { arn: 'arn:aws:iam::111122223333:role/p/r' } },
      'arn:aws:iam::111122223333:role/p/r',
    ],
    ['neither', 'us-east-1', { policyName: 'p' }, null, null],
  ])('names %s that IAM was asked about', (_name, awsRegion, requestParameters, responseElements, principalArn) => {
    const more = { eventSource: 'iam.amazonaws.com', recipientAccountId: '111122223333', awsRegion };

    expect(recordOf({ ...more, requestParameters, responseElements })).toMatchObject({ principalArn });
  });

  it('names the role that was assumed', () => {
    const requestParameters = { roleArn: 'arn:aws:iam::111122223333:role/r' };

    expect(recordOf({ eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole', requestParameters })).toMatchObject({
      principalArn: 'arn:aws:iam::111122223333:role/r',
    });
  });

  it.each([
    [true, true],
    ['true', true],
    [false, false],
    ['false', false],
    [null, false],
  ])('reads readOnly %j', (readOnly, expected) => {
    expect(recordOf({ readOnly })).toMatchObject({ readOnly: expected });
  });

  it('knows by its name what only looks, when the field is missing', () => {
    expect(recordOf({ eventName: 'DescribeCluster' })).toMatchObject({ readOnly: true });
  });
});

describe('isCloudTrailRecord', () => {
  it.each([
    ['a source of AWS', { eventSource: 'eks.amazonaws.com' }, true],
    ['its version and identity', { eventVersion: '1.11', userIdentity: {} }, true],
    ['a notification of S3', { eventSource: 'aws:s3', eventName: 'ObjectCreated:Put' }, false],
    ['nothing', {}, false],
  ])('judges by %s', (_name, value, expected) => {
    expect(isCloudTrailRecord(value)).toBe(expected);
  });
});
