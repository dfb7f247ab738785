import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { describe, expect, test } from 'vitest';
import { createClient, enterAccount, listCalls } from '../../shared/aws/access.ts';
import { serveAws } from '../support/aws-answers.ts';
import { openLiveAws } from '../support/live-aws.ts';

describe('AWS access', () => {
  test('counts a call once, and each of its attempts', async () => {
    const aws = await serveAws((_, number) =>
      number === 1 ? { status: 500, body: {} } : { body: { cluster: { name: 'payments' } } },
    );
    const client = createClient(aws.access, EKSClient, 'eu-central-1');

    const answer = await client.send(new DescribeClusterCommand({ name: 'payments' }));

    expect(answer.cluster?.name).toBe('payments');
    expect(listCalls(aws.access)).toEqual([
      {
        account: 'caller',
        region: 'eu-central-1',
        service: 'eks',
        operation: 'DescribeCluster',
        calls: 1,
        attempts: 2,
      },
    ]);
  });

  test('names itself and its version in the user agent', async () => {
    const aws = await serveAws(() => ({ body: { cluster: {} } }));

    await createClient(aws.access, EKSClient, 'eu-central-1').send(new DescribeClusterCommand({ name: 'payments' }));

    expect(aws.asked[0]?.userAgent).toContain('keyholder/0.1.0');
  });

  test('gives up an answer that takes too long', async () => {
    const { access, aws } = await openLiveAws({ slowMs: 30_000, requestTimeoutMs: 100 });
    aws.inject({ operation: 'eks:DescribeCluster', fault: 'slow', times: 2 });

    const asked = createClient(access, EKSClient, 'eu-central-1').send(
      new DescribeClusterCommand({ name: 'payments' }),
    );

    await expect(asked).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('gives one client for a class and region', async () => {
    const aws = await serveAws(() => ({}));

    const first = createClient(aws.access, EKSClient, 'eu-central-1');

    expect(createClient(aws.access, EKSClient, 'eu-central-1')).toBe(first);
    expect(createClient(aws.access, EKSClient, 'us-east-1')).not.toBe(first);
  });

  test('assumes the role of another account with its external id', async () => {
    const expiry = '2099-01-01T00:00:00Z';
    const aws = await serveAws((call) =>
      call.body.includes('Action=AssumeRole')
        ? {
            body: `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${expiry}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
          }
        : { body: { cluster: { name: 'orders' } } },
    );
    const role = { roleArn: 'arn:aws:iam::444455556666:role/keyholder', externalId: 'example' };
    const member = enterAccount(aws.access, { account: '444455556666', partition: 'aws' }, role);

    await createClient(member, EKSClient, 'us-east-1').send(new DescribeClusterCommand({ name: 'orders' }));

    const asked = new URLSearchParams(aws.asked[0]?.body);
    expect(asked.get('RoleArn')).toBe('arn:aws:iam::444455556666:role/keyholder');
    expect(asked.get('ExternalId')).toBe('example');
    expect(listCalls(aws.access)).toMatchObject([{ account: '444455556666', operation: 'DescribeCluster' }]);
  });
});
