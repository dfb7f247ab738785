/** One cluster into the probes of its rights: the EKS API, its log group, and its own API. */
import {
  type Cluster,
  DescribeAccessEntryCommand,
  DescribeClusterCommand,
  ListAccessEntriesCommand,
  ListAssociatedAccessPoliciesCommand,
} from '@aws-sdk/client-eks';
import type { Source } from '../model/coverage.ts';
import type { Probe } from '../model/preflight.ts';
import type { ClusterPlace } from '../ports.ts';
import type { AwsAccess } from './access.ts';
import { createClusterToken } from './cluster-token.ts';
import { mapParts, type PartCalls } from './eks-parts.ts';
import { askOf, type EksPlace, openEksPlace } from './eks-place.ts';
import type { Asked } from './failure.ts';
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
  const eks = openEksPlace(access, place, new AbortController());
  const { client } = eks;
  const { name } = place;
  const described = await probeEks(askOf(eks, 'DescribeCluster'), () =>
    client.send(new DescribeClusterCommand({ name })),
  );
  const cluster = described.value?.cluster ?? null;
  const [entries, parts, logs, api] = await Promise.all([
    hasEntries(cluster) ? probeEntries(eks) : [],
    Promise.all(mapParts(eks, (calls) => probePart(eks, calls)).values()),
    probeLogs(access, place, cluster),
    probeApi(access, place, cluster),
  ]);
  return [described.probe, ...entries, ...parts.flat(), ...logs, ...api];
}

function probeEks<T>(asked: Asked, call: () => Promise<T>) {
  return probe({ source: 'eks-api', ...asked, call });
}

function hasEntries(cluster: Cluster | null): boolean {
  return cluster === null || (cluster.accessConfig?.authenticationMode ?? 'CONFIG_MAP') !== 'CONFIG_MAP';
}

async function probeEntries(eks: EksPlace): Promise<readonly Probe[]> {
  const { client, place } = eks;
  const clusterName = place.name;
  const listed = await probeEks(askOf(eks, 'ListAccessEntries'), () =>
    client.send(new ListAccessEntriesCommand({ clusterName })),
  );
  const [principalArn] = listed.value?.accessEntries ?? [];
  if (principalArn === undefined) return [listed.probe];
  const entry = { clusterName, principalArn };
  const kind = 'access-entry';
  const others = await Promise.all([
    probeEks(askOf(eks, 'DescribeAccessEntry', kind), () => client.send(new DescribeAccessEntryCommand(entry))),
    probeEks(askOf(eks, 'ListAssociatedAccessPolicies', kind), () =>
      client.send(new ListAssociatedAccessPoliciesCommand(entry)),
    ),
  ]);
  return [listed.probe, ...others.map((one) => one.probe)];
}

/** Of what is listed the first is described: where there is none, nobody needs the right. */
async function probePart<Name>(eks: EksPlace, calls: PartCalls<Name>): Promise<readonly Probe[]> {
  const listed = await probeEks(askOf(eks, calls.list), () => calls.askNames(undefined));
  const [name] = listed.value?.names ?? [];
  if (name === undefined) return [listed.probe];
  const described = await probeEks(askOf(eks, calls.describe, calls.kind), () => calls.askOne(name));
  return [listed.probe, described.probe];
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
