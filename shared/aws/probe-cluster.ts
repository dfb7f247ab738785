/** One cluster into the probes of its rights: the EKS API, its log group, and its own API. */
import {
  type Cluster,
  DescribeAccessEntryCommand,
  DescribeClusterCommand,
  EKSClient,
  ListAccessEntriesCommand,
  ListAssociatedAccessPoliciesCommand,
  ListCapabilitiesCommand,
  ListFargateProfilesCommand,
  ListIdentityProviderConfigsCommand,
  ListNodegroupsCommand,
  ListPodIdentityAssociationsCommand,
} from '@aws-sdk/client-eks';
import type { Source } from '../model/coverage.ts';
import type { Probe } from '../model/preflight.ts';
import type { ClusterPlace } from '../ports.ts';
import { type AwsAccess, createClient } from './access.ts';
import { createClusterToken } from './cluster-token.ts';
import { explainAnswer } from './kubernetes.ts';
import { callKubernetes } from './kubernetes-request.ts';
import { probe, readable } from './probe.ts';
import { probeLogs } from './probe-logs.ts';

const API_TIMEOUT_MS = 5_000;
const API_PROBES: readonly (readonly [Source, string, string])[] = [
  ['rbac', 'list clusterroles', '/apis/rbac.authorization.k8s.io/v1/clusterroles?limit=1'],
  ['rbac', 'list clusterrolebindings', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings?limit=1'],
  ['rbac', 'list roles', '/apis/rbac.authorization.k8s.io/v1/roles?limit=1'],
  ['rbac', 'list rolebindings', '/apis/rbac.authorization.k8s.io/v1/rolebindings?limit=1'],
  ['aws-auth', 'get aws-auth', '/api/v1/namespaces/kube-system/configmaps/aws-auth'],
];

export async function probeClusterRights(access: AwsAccess, place: ClusterPlace): Promise<readonly Probe[]> {
  const client = createClient(access, EKSClient, place.region);
  const { name } = place;
  const ask = asker(access, place);
  const described = await ask('DescribeCluster', () => client.send(new DescribeClusterCommand({ name })));
  const cluster = described.value?.cluster ?? null;
  const clusterName = name;
  const [entries, others, logs, api] = await Promise.all([
    hasEntries(cluster) ? probeEntries(client, clusterName, ask) : [],
    Promise.all([
      ask('ListNodegroups', () => client.send(new ListNodegroupsCommand({ clusterName }))),
      ask('ListFargateProfiles', () => client.send(new ListFargateProfilesCommand({ clusterName }))),
      ask('ListIdentityProviderConfigs', () => client.send(new ListIdentityProviderConfigsCommand({ clusterName }))),
      ask('ListPodIdentityAssociations', () => client.send(new ListPodIdentityAssociationsCommand({ clusterName }))),
      ask('ListCapabilities', () => client.send(new ListCapabilitiesCommand({ clusterName }))),
    ]),
    probeLogs(access, place, cluster),
    probeApi(access, place, cluster),
  ]);
  return [described.probe, ...entries, ...others.map((one) => one.probe), ...logs, ...api];
}

type Ask = <T>(action: string, call: () => Promise<T>, kind?: string) => ReturnType<typeof probe<T>>;

function asker({ partition }: AwsAccess, { account, region, name }: ClusterPlace): Ask {
  return (action, call, kind = 'cluster') => {
    const path = kind === 'cluster' ? `cluster/${name}` : `${kind}/${name}/*`;
    const resource = `arn:${partition}:eks:${region}:${account}:${path}`;
    return probe({ source: 'eks-api', action: `eks:${action}`, resource, on: `cluster ${name}`, call });
  };
}

function hasEntries(cluster: Cluster | null): boolean {
  return cluster === null || (cluster.accessConfig?.authenticationMode ?? 'CONFIG_MAP') !== 'CONFIG_MAP';
}

async function probeEntries(client: EKSClient, clusterName: string, ask: Ask): Promise<readonly Probe[]> {
  const listed = await ask('ListAccessEntries', () => client.send(new ListAccessEntriesCommand({ clusterName })));
  const [principalArn] = listed.value?.accessEntries ?? [];
  if (principalArn === undefined) return [listed.probe];
  const entry = { clusterName, principalArn };
  const kind = 'access-entry';
  const others = await Promise.all([
    ask('DescribeAccessEntry', () => client.send(new DescribeAccessEntryCommand(entry)), kind),
    ask('ListAssociatedAccessPolicies', () => client.send(new ListAssociatedAccessPoliciesCommand(entry)), kind),
  ]);
  return [listed.probe, ...others.map((one) => one.probe)];
}

/** No log query is started for it, and no Secret is read. */
async function probeApi(
  { credentials }: AwsAccess,
  { name, region }: ClusterPlace,
  cluster: Cluster | null,
): Promise<readonly Probe[]> {
  const endpoint = cluster?.endpoint;
  const ca = cluster?.certificateAuthority?.data;
  if (endpoint === undefined || ca === undefined) {
    const reason = 'eks:DescribeCluster gave no endpoint';
    return API_PROBES.map(([source, action]) => ({ source, action, status: 'unavailable', reason, mend: null }));
  }
  const token = () => createClusterToken({ cluster: name, region, credentials, at: new Date() });
  const server = { endpoint, ca: Buffer.from(ca, 'base64').toString('utf8'), token, timeoutMs: API_TIMEOUT_MS };
  const { signal } = new AbortController();
  return Promise.all(
    API_PROBES.map(async ([source, action, path]): Promise<Probe> => {
      const answer = await callKubernetes(server, { path, signal });
      const isAnswered = answer.kind === 'answered' && (answer.status === 200 || answer.status === 404);
      if (isAnswered) return readable(source, action);
      const { status, reason, mend } = explainAnswer(answer, source, action);
      return { source, action, status: status === 'denied' ? 'denied' : 'unavailable', reason, mend };
    }),
  );
}
