import type { Cluster } from '@aws-sdk/client-eks';
import { describe, expect, it } from 'vitest';
import { createAwsAccess } from '../../shared/aws/access.ts';
import { readKubernetes } from '../../shared/aws/live-kubernetes.ts';
import { startLocalKubernetes } from '../support/local-kubernetes/server.ts';

const PLACE = { account: '111122223333', region: 'eu-central-1', name: 'payments' };

async function read(cluster: Cluster | null) {
  const access = createAwsAccess({
    region: 'eu-central-1',
    version: '0',
    credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' }),
  });
  const { coverage } = await readKubernetes(
    access,
    { place: PLACE, cluster },
    {
      sink: { write: async () => {} },
      signal: new AbortController().signal,
      progress: { step: () => {}, end: () => {} },
    },
  );
  return coverage.map(({ source, status }) => `${source} ${status}`);
}

async function describeRefusing(authenticationMode: 'API' | 'CONFIG_MAP'): Promise<Cluster> {
  const { endpoint, ca } = await startLocalKubernetes({ answers: { '*': 403 } });
  const certificateAuthority = { data: Buffer.from(ca).toString('base64') };
  return { endpoint, certificateAuthority, accessConfig: { authenticationMode } };
}

describe('readKubernetes', () => {
  it('misses aws-auth where the cluster goes by it, and not in mode API', async () => {
    expect(await read(await describeRefusing('CONFIG_MAP'))).toEqual(['rbac denied', 'aws-auth denied']);
    expect(await read(await describeRefusing('API'))).toEqual(['rbac denied']);
  });

  it.each<[string, Cluster | null]>([
    ['that EKS did not describe', null],
    ['that is being made', {}],
    ['whose endpoint is no https', { endpoint: 'http://localhost', certificateAuthority: { data: 'Q0E=' } }],
  ])('asks no server of a cluster %s', async (_, cluster) => {
    expect(await read(cluster)).toEqual(['rbac unavailable', 'aws-auth unavailable']);
  });
});
