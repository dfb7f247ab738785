import { describe, expect, it } from 'vitest';
import { createClusterToken } from '../../shared/aws/cluster-token.ts';

async function urlOf(region: string) {
  const token = await createClusterToken({
    cluster: 'payments',
    region,
    credentials: async () => ({
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'secret',
      sessionToken: 'session',
    }),
    at: new Date('2026-11-21T03:00:00Z'),
  });
  const [prefix, encoded = ''] = token.split('.');
  return { prefix, encoded, url: new URL(Buffer.from(encoded, 'base64url').toString()) };
}

describe('createClusterToken', () => {
  it('signs a request to STS with the name of the cluster, and nothing that the authenticator refuses', async () => {
    const { prefix, encoded, url } = await urlOf('eu-central-1');

    expect(prefix).toBe('k8s-aws-v1');
    expect(encoded).not.toMatch(/[=+/]/);
    expect(`${url.protocol}//${url.host}${url.pathname}`).toBe('https://sts.eu-central-1.amazonaws.com/');
    expect([...url.searchParams.keys()].sort()).toEqual([
      'Action',
      'Version',
      'X-Amz-Algorithm',
      'X-Amz-Credential',
      'X-Amz-Date',
      'X-Amz-Expires',
      'X-Amz-Security-Token',
      'X-Amz-Signature',
      'X-Amz-SignedHeaders',
    ]);
    expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe('host;x-k8s-aws-id');
    expect(url.searchParams.get('X-Amz-Expires')).toBe('60');
    expect(url.searchParams.get('X-Amz-Date')).toBe('20261121T030000Z');
  });

  it.each([
    ['cn-north-1', 'sts.cn-north-1.amazonaws.com.cn'],
    ['us-gov-west-1', 'sts.us-gov-west-1.amazonaws.com'],
    ['eusc-de-east-1', 'sts.eusc-de-east-1.amazonaws.eu'],
  ])('asks STS of the partition of %s', async (region, host) => {
    expect((await urlOf(region)).url.host).toBe(host);
  });
});
