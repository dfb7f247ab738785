/** What EKS says of a cluster, and the caller's credentials, into a read of its own API. */
import type { Cluster } from '@aws-sdk/client-eks';
import type { ClusterPlace, LiveRead, LiveTask } from '../ports.ts';
import type { AwsAccess } from './access.ts';
import { createClusterToken } from './cluster-token.ts';
import { readKubernetesApi } from './kubernetes.ts';
import type { KubernetesServer } from './kubernetes-request.ts';

/** What a firewall drops is given up early: a private endpoint is the usual case, and costs this much for each cluster. */
const TIMEOUT_MS = 10_000;
/** A token holds for 15 minutes; a long list is read with more than one. */
const TOKEN_MS = 10 * 60_000;

/** `cluster` is null where DescribeCluster did not answer. */
export async function readKubernetes(
  access: AwsAccess,
  { place, cluster }: { readonly place: ClusterPlace; readonly cluster: Cluster | null },
  task: LiveTask,
): Promise<LiveRead> {
  const server = cluster === null ? null : findServer(access, place, cluster);
  const read = server === null ? coverUnknownEndpoint(place) : await readKubernetesApi({ ...task, place, server });
  // Nothing reads the ConfigMap in mode API: that it was not read takes nothing away.
  const isIgnored = cluster?.accessConfig?.authenticationMode === 'API';
  return isIgnored ? { ...read, coverage: read.coverage.filter(({ source }) => source !== 'aws-auth') } : read;
}

function findServer(access: AwsAccess, place: ClusterPlace, cluster: Cluster): KubernetesServer | null {
  const { endpoint, certificateAuthority } = cluster;
  // A cluster that is being made has neither yet.
  if (endpoint === undefined || certificateAuthority?.data === undefined) return null;
  if (!URL.canParse(endpoint) || new URL(endpoint).protocol !== 'https:') return null;
  const ca = Buffer.from(certificateAuthority.data, 'base64').toString('utf8');
  return { endpoint, ca, token: keepToken(access, place), timeoutMs: TIMEOUT_MS };
}

function keepToken({ credentials }: AwsAccess, { name, region }: ClusterPlace): () => Promise<string> {
  let kept: { readonly token: Promise<string>; readonly until: number } | null = null;
  return () => {
    const now = Date.now();
    if (kept === null || kept.until <= now) {
      const token = createClusterToken({ cluster: name, region, credentials, at: new Date(now) });
      kept = { token, until: now + TOKEN_MS };
    }
    return kept.token;
  };
}

function coverUnknownEndpoint({ account, region, name }: ClusterPlace): LiveRead {
  const reason = 'the Kubernetes API was not asked: eks:DescribeCluster gave no endpoint and certificate authority';
  const row = { account, region, cluster: name, part: null, status: 'unavailable', window: null, reason } as const;
  const sources = ['rbac', 'aws-auth'] as const;
  return { coverage: sources.map((source) => ({ ...row, source })), queries: [], mends: [] };
}
