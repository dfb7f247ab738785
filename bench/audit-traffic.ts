/** A seed into requests of a busy EKS cluster: its nodes, its controllers, its pods, and people who look. */
import type { Random } from '../scripts/fuzz-inputs.ts';
import { below, makeIamUser, makePerson, makeUuid, type Request } from './audit-line.ts';

const NODES = 120;
const NAMESPACES = ['payments', 'checkout', 'search', 'kube-system', 'monitoring', 'ingress'];
const CONTROLLERS = ['deployment-controller', 'replicaset-controller', 'endpointslice-controller', 'node-controller'];

/** How many of a thousand requests are of each kind. */
const KINDS: readonly (readonly [share: number, make: (random: Random) => Request])[] = [
  [330, renewLease],
  [120, patchNode],
  [200, readObjects],
  [60, watchObjects],
  [80, reviewToken],
  [90, updateSlice],
  [60, patchPod],
  [25, getSecret],
  [10, makeToken],
  [20, lookAround],
  [5, readRoles],
];

export function makeRequest(random: Random): Request {
  let rest = random() * 1000;
  for (const [share, make] of KINDS) {
    rest -= share;
    if (rest < 0) return make(random);
  }
  return renewLease(random);
}

function makeNode(random: Random): { readonly name: string; readonly user: Request['user'] } {
  const session = `i-${(below(random, NODES) * 7919).toString(16).padStart(17, '0')}`;
  const name = `ip-192-0-2-${below(random, NODES)}.eu-central-1.compute.internal`;
  const groups = ['system:bootstrappers', 'system:nodes', 'system:authenticated'];
  return { name, user: makeIamUser(`system:node:${name}`, { role: 'payments-nodes', session, groups }) };
}

function makeAccount(namespace: string, name: string): Request['user'] {
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
  return {
    username: `system:serviceaccount:${namespace}:${name}`,
    uid: '00000000-0000-4000-8000-00000000e001',
    groups,
  };
}

function pick<T>(random: Random, list: readonly [T, ...T[]] | readonly T[], fallback: T): T {
  return list[below(random, list.length)] ?? fallback;
}

function metadataOf(random: Random, name: string, namespace: string) {
  const uid = makeUuid(random);
  return { name, namespace, uid, resourceVersion: `${below(random, 1e8)}`, creationTimestamp: '2026-03-02T09:15:00Z' };
}

function renewLease(random: Random): Request {
  const { name, user } = makeNode(random);
  const uri = `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${name}?timeout=10s`;
  const spec = {
    holderIdentity: name,
    leaseDurationSeconds: 40,
    renewTime: `2026-11-20T00:00:00.${below(random, 1e6)}Z`,
  };
  const metadata = metadataOf(random, name, 'kube-node-lease');
  const body = { kind: 'Lease', apiVersion: 'coordination.k8s.io/v1', metadata, spec };
  const object = { resource: 'leases', namespace: 'kube-node-lease', name, apiGroup: 'coordination.k8s.io' };
  return { verb: 'update', uri, user, agent: KUBELET, object, level: 'RequestResponse', body };
}

const KUBELET = 'kubelet/v1.33.4 (linux/amd64) kubernetes/e1b2b8a';

function patchNode(random: Random): Request {
  const { name, user } = makeNode(random);
  const lastHeartbeatTime = `2026-11-20T00:00:${below(random, 60)}Z`;
  const conditions = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map((type) => ({
    lastHeartbeatTime,
    type,
  }));
  const body = { status: { $setElementOrder: { conditions: conditions.map(({ type }) => ({ type })) }, conditions } };
  const object = { resource: 'nodes', name, apiVersion: 'v1', subresource: 'status' };
  const uri = `/api/v1/nodes/${name}/status?timeout=10s`;
  return { verb: 'patch', uri, user, agent: KUBELET, object, level: 'Request', body };
}

function readObjects(random: Random): Request {
  const namespace = pick(random, NAMESPACES, 'payments');
  const [group, resource] = pick(random, READ, ['', 'configmaps']);
  const name = `${resource}-${below(random, 400)}`;
  const object = { resource, namespace, name, ...(group === '' ? {} : { apiGroup: group }), apiVersion: 'v1' };
  const uri = `${group === '' ? '/api/v1' : `/apis/${group}/v1`}/namespaces/${namespace}/${resource}/${name}`;
  const user = makeAccount('kube-system', pick(random, CONTROLLERS, 'node-controller'));
  return { verb: 'get', uri, user, agent: 'kube-controller-manager/v1.33.4 (linux/amd64)', object, level: 'Request' };
}

const READ: readonly (readonly [string, string])[] = [
  ['', 'configmaps'],
  ['', 'services'],
  ['', 'endpoints'],
  ['apps', 'deployments'],
  ['apps', 'replicasets'],
];

function watchObjects(random: Random): Request {
  const [group, resource] = pick(random, READ, ['', 'services']);
  const version = below(random, 1e8);
  const query = `allowWatchBookmarks=true&resourceVersion=${version}&timeout=8m${below(random, 60)}s&watch=true`;
  const uri = `${group === '' ? '/api/v1' : `/apis/${group}/v1`}/${resource}?${query}`;
  const user = makeAccount('kube-system', 'kube-proxy');
  const reason = 'RBAC: allowed by ClusterRoleBinding "eks:kube-proxy" of ClusterRole "system:node-proxier" to Group';
  return { verb: 'watch', uri, user, agent: 'kube-proxy/v1.33.4', object: { resource, apiVersion: 'v1' }, reason };
}

function reviewToken(random: Random): Request {
  const namespace = pick(random, NAMESPACES, 'payments');
  const user = makeAccount(namespace, 'metrics-server');
  const object = { resource: 'tokenreviews', apiGroup: 'authentication.k8s.io', apiVersion: 'v1' };
  const uri = '/apis/authentication.k8s.io/v1/tokenreviews';
  return { verb: 'create', uri, user, agent: 'metrics-server/v0.8.0', object, code: 201 };
}

function updateSlice(random: Random): Request {
  const namespace = pick(random, NAMESPACES, 'payments');
  const name = `api-${below(random, 200)}-x${below(random, 1e5).toString(36)}`;
  const endpoints = Array.from({ length: 3 + below(random, 12) }, () => ({
    addresses: [`192.0.2.${below(random, 250)}`],
    conditions: { ready: true, serving: true, terminating: false },
    nodeName: `ip-192-0-2-${below(random, NODES)}.eu-central-1.compute.internal`,
    targetRef: { kind: 'Pod', namespace, name: `api-${makeUuid(random)}` },
  }));
  const metadata = metadataOf(random, name, namespace);
  const body = { kind: 'EndpointSlice', apiVersion: 'discovery.k8s.io/v1', metadata, addressType: 'IPv4', endpoints };
  const object = { resource: 'endpointslices', namespace, name, apiGroup: 'discovery.k8s.io', apiVersion: 'v1' };
  const uri = `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices/${name}`;
  const user = makeAccount('kube-system', 'endpointslice-controller');
  return {
    verb: 'update',
    uri,
    user,
    agent: 'kube-controller-manager/v1.33.4',
    object,
    level: 'RequestResponse',
    body,
  };
}

function patchPod(random: Random): Request {
  const { user } = makeNode(random);
  const namespace = pick(random, NAMESPACES, 'payments');
  const name = `api-${below(random, 4000).toString(36)}`;
  const ports = [{ containerPort: 8080, name: 'http', protocol: 'TCP' }];
  const image = `${name}.example.com/api:${below(random, 1e6)}`;
  const spec = { containers: [{ name: 'api', image, ports, resources: { limits: { memory: '256Mi' } } }] };
  const status = { phase: 'Running', podIP: `192.0.2.${below(random, 250)}`, startTime: '2026-11-19T23:58:11Z' };
  const body = { kind: 'Pod', apiVersion: 'v1', metadata: metadataOf(random, name, namespace), spec, status };
  const object = { resource: 'pods', namespace, name, apiVersion: 'v1', subresource: 'status' };
  const uri = `/api/v1/namespaces/${namespace}/pods/${name}/status`;
  return { verb: 'patch', uri, user, agent: KUBELET, object, level: 'RequestResponse', body };
}

/** Level Metadata: EKS logs no content of a Secret. */
function getSecret(random: Random): Request {
  const namespace = pick(random, NAMESPACES, 'payments');
  const name = `credentials-${below(random, 90)}`;
  const uri = `/api/v1/namespaces/${namespace}/secrets/${name}`;
  const object = { resource: 'secrets', namespace, name, apiVersion: 'v1' };
  return {
    verb: 'get',
    uri,
    user: makeAccount('external-secrets', 'external-secrets'),
    agent: 'external-secrets',
    object,
  };
}

function makeToken(random: Random): Request {
  const { user } = makeNode(random);
  const namespace = pick(random, NAMESPACES, 'payments');
  const object = { resource: 'serviceaccounts', namespace, name: 'api', apiVersion: 'v1', subresource: 'token' };
  const uri = `/api/v1/namespaces/${namespace}/serviceaccounts/api/token`;
  return { verb: 'create', uri, user, agent: KUBELET, object, code: 201 };
}

function lookAround(random: Random): Request {
  const namespace = pick(random, NAMESPACES, 'payments');
  const agent = 'kubectl/v1.33.1 (linux/amd64) kubernetes/8adc0f0';
  const uri = `/api/v1/namespaces/${namespace}/pods?limit=500&labelSelector=app%3Dapi`;
  const object = { resource: 'pods', namespace, apiVersion: 'v1' };
  return { verb: 'list', uri, user: makePerson(`developer-${below(random, 30)}`), agent, object, level: 'Request' };
}

function readRoles(random: Random): Request {
  const uri = `/apis/rbac.authorization.k8s.io/v1/roles?limit=500&resourceVersion=${below(random, 1e6)}`;
  const object = { resource: 'roles', apiGroup: 'rbac.authorization.k8s.io', apiVersion: 'v1' };
  return {
    verb: 'list',
    uri,
    user: makeAccount('flux-system', 'kustomize-controller'),
    agent: 'kustomize-controller',
    object,
  };
}
