/** Audit events for property tests: lines as API servers write them, of ordinary requests and of those that matter. */
import fc from 'fast-check';

const RBAC = 'rbac.authorization.k8s.io';
const ROLE_REF = { apiGroup: RBAC, kind: 'ClusterRole', name: 'cluster-admin' };
const MASTERS_ROW = '- rolearn: arn:aws:iam::111122223333:role/operator\n  username: o\n  groups: [system:masters]\n';

const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection', ''];
const CODES = [200, 201, 401, 403, 404, 500];

const IAM_EXTRA = {
  arn: ['arn:aws:sts::111122223333:assumed-role/platform-admin/alice'],
  canonicalArn: ['arn:aws:iam::111122223333:role/platform-admin'],
};

type Json = Readonly<Record<string, unknown>>;

const ORDINARY_USER: Json = { username: 'alice', groups: ['system:authenticated'] };

const USERS: readonly Json[] = [
  {},
  { username: '' },
  { username: 'system:anonymous', groups: ['system:unauthenticated'] },
  { username: 'someone', groups: ['system:unauthenticated'] },
  { username: 'system:node:ip-192-0-2-1', groups: ['system:nodes', 'system:authenticated'] },
  { username: 'system:serviceaccount:payments:deployer', groups: ['system:serviceaccounts'] },
  { username: 'system:kube-controller-manager', groups: ['system:authenticated'] },
  {
    username: 'admin',
    uid: 'aws-iam-authenticator:111122223333:AROAEXAMPLEADMIN00001',
    groups: ['system:masters'],
    extra: { ...IAM_EXTRA, accessKeyId: ['ASIAIOSFODNN7EXAMPLE'] },
  },
  {
    username: 'admin',
    uid: 'aws-iam-authenticator:111122223333:AIDAEXAMPLEALICE00001',
    groups: ['system:masters'],
    extra: { ...IAM_EXTRA, accessKeyId: ['AKIAIOSFODNN7EXAMPLE'] },
  },
];

const ORDINARY_OBJECT: Json | undefined = { resource: 'pods', namespace: 'payments', name: 'api' };

const OBJECTS: readonly (Json | undefined)[] = [
  undefined,
  {},
  { resource: 'pods', namespace: 'kube-system', name: 'coredns', subresource: 'exec' },
  { resource: 'pods', namespace: 'kube-system', name: 'coredns', subresource: 'attach' },
  { resource: 'nodes', name: 'node-1', subresource: 'proxy' },
  { resource: 'secrets' },
  { resource: 'secrets', namespace: 'kube-system' },
  { resource: 'configmaps', namespace: 'kube-system' },
  { resource: 'configmaps', namespace: 'kube-system', name: 'aws-auth' },
  { resource: 'serviceaccounts', namespace: 'kube-system', name: 'default', subresource: 'token' },
  { resource: 'clusterrolebindings', apiGroup: RBAC, name: 'admins' },
  { resource: 'clusterrolebindings', apiGroup: RBAC },
  { resource: 'rolebindings', apiGroup: RBAC, namespace: 'kube-system', name: 'admins' },
  { resource: 'clusterroles', apiGroup: RBAC, name: 'system:discovery' },
  { resource: 'mutatingwebhookconfigurations', apiGroup: 'admissionregistration.k8s.io', name: 'pods' },
  { resource: 'certificatesigningrequests', apiGroup: 'certificates.k8s.io', name: 'alice' },
  { resource: 'certificatesigningrequests', name: 'bob', subresource: 'approval' },
  { resource: 'leases', apiGroup: 'coordination.k8s.io', namespace: 'kube-node-lease', name: 'node-1' },
];

const BODIES: readonly (Json | undefined)[] = [
  undefined,
  {
    kind: 'Lease',
    metadata: { name: 'node-1' },
    spec: { renewTime: '2026-11-20T08:00:00Z', leaseDurationSeconds: 40 },
  },
  { kind: 'Pod', metadata: { name: 'aws-auth' }, spec: { containers: [{ name: '<b>"quoted"\n</b>', tty: false }] } },
  { metadata: { name: 'aws-auth' }, data: { mapRoles: MASTERS_ROW } },
  { metadata: { name: 'admins' }, roleRef: ROLE_REF, subjects: [{ kind: 'Group', apiGroup: RBAC, name: 'team' }] },
  { metadata: { name: 'admins' }, roleRef: ROLE_REF, subjects: [{ kind: 'User', name: 'system:anonymous' }] },
  { metadata: { name: 'wide' }, rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] },
  { spec: { expirationSeconds: 999_999, usages: ['client auth'], ratio: 0.5, signerName: 'x' }, list: [[], {}, null] },
];

/** Mostly the first, so that most events are ordinary but for one thing. */
function mostly<T>(first: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.constant(first) },
    { weight: 3, arbitrary: fc.constantFrom(first, ...others) },
  );
}

const event = fc.record({
  auditID: mostly('00000000-0000-4000-8000-00000000f001', '00000000-0000-4000-8000-00000000f002', ''),
  stage: mostly('ResponseComplete', 'ResponseStarted', 'RequestReceived'),
  requestURI: mostly('/api/v1/pods?limit=5&watch=true', '/version', '/api/v1/nodes?dryRun=All', ''),
  verb: mostly('create', ...VERBS),
  user: mostly(ORDINARY_USER, ...USERS),
  impersonatedUser: mostly(undefined, { username: 'system:admin', groups: ['system:masters'] }),
  objectRef: mostly(ORDINARY_OBJECT, ...OBJECTS),
  code: mostly(200, ...CODES),
  requestObject: mostly(undefined, ...BODIES),
  responseObject: mostly(undefined, ...BODIES),
  at: fc.nat({ max: 59 }).map((second) => `2026-11-20T08:00:${String(second).padStart(2, '0')}.000000Z`),
  annotations: mostly(
    { 'authorization.k8s.io/decision': 'allow' },
    { 'authorization.k8s.io/decision': 'forbid', 'authorization.k8s.io/reason': '' },
    { 'audit.k8s.io/truncated': 'true' },
    undefined,
  ),
});

/** In the order of the API server, and with its escapes. */
export const eventLine = event.map(({ code, at, annotations, requestObject, responseObject, ...head }) =>
  JSON.stringify({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'RequestResponse',
    ...head,
    sourceIPs: ['192.0.2.1'],
    responseStatus: { metadata: {}, code },
    requestObject,
    responseObject,
    requestReceivedTimestamp: at,
    stageTimestamp: at,
    annotations,
  }).replace(/[&<>]/g, (mark) => `\\u00${mark.charCodeAt(0).toString(16)}`),
);
