import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { describe, expect, test } from 'vitest';
import { createClient, listCalls } from '../../shared/aws/access.ts';
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
});
