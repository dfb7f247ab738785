/** One set of credentials into a first look at a cluster: who they are, what EKS says, whether the API server takes them. */
import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AccessLook } from '../live-ports.ts';
import type { ApiAnswer, DescribedCluster, Looked, LookFailureKind } from '../model/first-answer.ts';
import type { LiveAccess } from '../ports.ts';
import { type AwsAccess, createAwsAccess, createClient } from './access.ts';
import { withRole } from './assumed-role.ts';
import { createClusterToken } from './cluster-token.ts';
import { type Asked, explainFailure, type FailureKind } from './failure.ts';
import { callKubernetes } from './kubernetes-request.ts';

/** Together they stay within the ten seconds that the answer may take. */
const CALL_TIMEOUT_MS = 3_000;
const API_TIMEOUT_MS = 4_000;
const ACCESS_REVIEW = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

export function openAccessLook(
  { region, profile, roleArn, endpoint }: Pick<LiveAccess, 'region' | 'profile' | 'roleArn' | 'endpoint'>,
  signal: AbortSignal,
): AccessLook {
  const own = {
    region,
    version: '0',
    profile: profile ?? undefined,
    endpoint: endpoint ?? undefined,
    maxAttempts: 2,
    requestTimeoutMs: CALL_TIMEOUT_MS,
  };
  const access = createAwsAccess(withRole(own, { roleArn }));
  return {
    identify: () => identify(access, signal),
    describe: (cluster) => describe(access, cluster, signal),
    ask: (cluster, server) => ask(access, { cluster, ...server }, signal),
  };
}

async function identify(access: AwsAccess, abortSignal: AbortSignal) {
  const client = createClient(access, STSClient, access.region);
  const asked = { action: 'sts:GetCallerIdentity', resource: '*', on: 'the caller' };
  return look(asked, async () => {
    const { Arn, Account, UserId } = await client.send(new GetCallerIdentityCommand({}), { abortSignal });
    return { arn: Arn ?? 'unknown', account: Account ?? '', userId: UserId ?? '' };
  });
}

async function describe(access: AwsAccess, name: string, abortSignal: AbortSignal): Promise<Looked<DescribedCluster>> {
  const client = createClient(access, EKSClient, access.region);
  const resource = `arn:${access.partition}:eks:${access.region}:*:cluster/${name}`;
  return look({ action: 'eks:DescribeCluster', resource, on: `cluster ${name}` }, async () => {
    const { cluster } = await client.send(new DescribeClusterCommand({ name }), { abortSignal });
    const { certificateAuthority, resourcesVpcConfig } = cluster ?? {};
    const data = certificateAuthority?.data;
    return {
      arn: cluster?.arn ?? name,
      endpoint: cluster?.endpoint ?? null,
      ca: data === undefined ? null : Buffer.from(data, 'base64').toString('utf8'),
      status: cluster?.status ?? 'in an unknown state',
      authenticationMode: cluster?.accessConfig?.authenticationMode ?? null,
      isPublic: resourcesVpcConfig?.endpointPublicAccess ?? true,
      publicCidrs: resourcesVpcConfig?.publicAccessCidrs ?? [],
    };
  });
}

interface Server extends Pick<DescribedCluster, 'endpoint' | 'ca'> {
  readonly cluster: string;
}

/** An access review of oneself is open to everybody who logs in, and one answer tells login from rights. */
async function ask(access: AwsAccess, { cluster, endpoint, ca }: Server, signal: AbortSignal): Promise<ApiAnswer> {
  const { credentials, region } = access;
  const token = () => createClusterToken({ cluster, region, credentials, at: new Date() });
  const server = { endpoint: endpoint ?? '', ca: ca ?? '', token, timeoutMs: API_TIMEOUT_MS };
  const body = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: { verb: '*', group: '*', resource: '*' } },
  };
  const answer = await callKubernetes(server, { path: ACCESS_REVIEW, signal, body });
  if (answer.kind === 'silent') return { kind: 'silent', reason: answer.reason };
  if (answer.status === 401) return { kind: 'unauthorized' };
  if (answer.status === 403) return { kind: 'not-allowed' };
  const { status } = (answer.body ?? {}) as { status?: { allowed?: unknown } };
  const isAnswer = answer.status === 201 || answer.status === 200;
  if (!isAnswer || typeof status?.allowed !== 'boolean') return { kind: 'failing', status: answer.status };
  return { kind: status.allowed ? 'allowed' : 'not-allowed' };
}

const KINDS: Readonly<Partial<Record<FailureKind, LookFailureKind>>> = {
  denied: 'denied',
  expired: 'expired',
  'no-credentials': 'no-credentials',
  'bad-credentials': 'no-credentials',
  missing: 'missing',
  network: 'network',
  'out-of-time': 'network',
};

async function look<T>(asked: Asked, call: () => Promise<T>): Promise<Looked<T>> {
  try {
    return { value: await call(), failure: null };
  } catch (error) {
    const { kind, reason, mend } = explainFailure(error, asked);
    return { value: null, failure: { kind: KINDS[kind] ?? 'other', reason, mend } };
  }
}
