/** Lines of an audit log, as API servers write them, that each make one detection speak; by its id. */
const RBAC = 'rbac.authorization.k8s.io';
const AT = '2026-11-20T08:00:00.000000Z';

type Json = Readonly<Record<string, unknown>>;

const ADMIN: Json = {
  username: 'admin',
  uid: 'aws-iam-authenticator:111122223333:AIDAEXAMPLEALICE00001',
  groups: ['team', 'system:authenticated'],
  extra: { accessKeyId: ['ASIAIOSFODNN7EXAMPLE'], arn: ['arn:aws:iam::111122223333:user/alice'] },
};

/** What an event is made of, where it is not the read of a pod by an admin. */
interface Telling {
  readonly verb?: string;
  readonly uri?: string;
  readonly user?: Json;
  readonly object?: Json;
  readonly code?: number;
  readonly body?: Json;
  readonly more?: Json;
}

export function toLine({
  verb = 'get',
  uri = '/api/v1/pods',
  user = ADMIN,
  object,
  code = 200,
  body,
  more,
}: Telling): string {
  return JSON.stringify({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'RequestResponse',
    auditID: '00000000-0000-4000-8000-00000000f001',
    stage: 'ResponseComplete',
    requestURI: uri,
    verb,
    user,
    ...more,
    sourceIPs: ['203.0.113.7'],
    userAgent: 'kubectl/v1.33.1',
    objectRef: object ?? { resource: 'pods', namespace: 'payments', name: 'api' },
    responseStatus: { metadata: {}, code },
    requestObject: body,
    responseObject: body,
    requestReceivedTimestamp: AT,
    stageTimestamp: AT,
    annotations: { 'authorization.k8s.io/decision': code < 400 ? 'allow' : 'forbid' },
  });
}

export const ORDINARY_LINE = toLine({});

function bind(
  subjects: readonly Json[],
  { role = 'cluster-admin', namespace }: { role?: string; namespace?: string } = {},
) {
  const kind = namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding';
  const name = role === 'system:public-info-viewer' ? role : 'people';
  return toLine({
    verb: 'create',
    object: { resource: `${kind.toLowerCase()}s`, apiGroup: RBAC, name, namespace },
    code: 201,
    body: {
      kind,
      metadata: { name, namespace },
      subjects,
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
    },
  });
}

function define(rules: readonly Json[], { name = 'wide', labels = {} }: { name?: string; labels?: Json } = {}) {
  return toLine({
    verb: 'create',
    object: { resource: 'clusterroles', apiGroup: RBAC, name },
    code: 201,
    body: { kind: 'ClusterRole', metadata: { name, labels }, rules },
  });
}

function mapRole(row: string, more: Json = {}): string {
  const data = { mapRoles: `- rolearn: arn:aws:iam::111122223333:role/operator\n${row}`, ...more };
  const body = { kind: 'ConfigMap', metadata: { name: 'aws-auth', namespace: 'kube-system' }, data };
  return toLine({ verb: 'update', object: AWS_AUTH, body });
}

const AWS_AUTH: Json = { resource: 'configmaps', namespace: 'kube-system', name: 'aws-auth' };
const group = (name: string): Json => ({ kind: 'Group', apiGroup: RBAC, name });
const rule = (verbs: readonly string[], resources: readonly string[], apiGroups = ['']): Json => ({
  apiGroups,
  resources,
  verbs,
});

const SECRETS = rule(['get', 'list'], ['secrets']);
const ANONYMOUS: Json = { username: 'system:anonymous', groups: ['system:unauthenticated'] };
const CSR: Json = { resource: 'certificatesigningrequests', apiGroup: 'certificates.k8s.io', name: 'alice' };
const WEBHOOK: Json = {
  resource: 'mutatingwebhookconfigurations',
  apiGroup: 'admissionregistration.k8s.io',
  name: 'pods',
};
const DEPLOYER: Json = {
  username: 'system:serviceaccount:payments:deployer',
  groups: ['system:serviceaccounts', 'system:serviceaccounts:payments'],
};
const LONG_LIVED: Json = {
  ...ADMIN,
  groups: ['system:masters'],
  extra: { accessKeyId: ['AKIAIOSFODNN7EXAMPLE'], arn: ['arn:aws:iam::111122223333:user/alice'] },
};

const MASTERS_ROW = '  username: operator\n  groups: [system:masters]\n';

export const TELLING_LINES: Readonly<Record<string, readonly string[]>> = {
  'admin-cluster-role-binding': [bind([group('team-a')])],
  'admin-role-binding-in-sensitive-namespace': [bind([group('team-a')], { namespace: 'kube-system' })],
  'admin-session-with-long-lived-key': [toLine({ user: LONG_LIVED })],
  'admission-webhook-changed': [toLine({ verb: 'delete', object: WEBHOOK })],
  'aggregation-label-injected': [define([SECRETS], { labels: { [`${RBAC}/aggregate-to-view`]: 'true' } })],
  'anonymous-binding': [bind([group('system:unauthenticated')], { role: 'view' })],
  'anonymous-probing': Array.from({ length: 10 }, () => toLine({ user: {}, code: 401 })),
  'anonymous-request-allowed': [toLine({ user: ANONYMOUS })],
  'audit-event-truncated': [
    toLine({ verb: 'update', object: AWS_AUTH }).replace(
      '"annotations":{',
      '"annotations":{"audit.k8s.io/truncated":"true",',
    ),
  ],
  'aws-auth-created-unseen': [toLine({ verb: 'create', object: AWS_AUTH, code: 201 })],
  'aws-auth-deleted': [
    toLine({ verb: 'deletecollection', object: { resource: 'configmaps', namespace: 'kube-system' } }),
  ],
  'aws-auth-ignored': [
    toLine({ verb: 'patch', object: AWS_AUTH }),
    toLine({ verb: 'patch', object: AWS_AUTH, user: { username: 'somebody', groups: [] } }),
  ],
  'built-in-rbac-changed': [
    toLine({ verb: 'delete', object: { resource: 'clusterroles', apiGroup: RBAC, name: 'system:discovery' } }),
  ],
  'caller-controlled-identity': [mapRole('  username: x\n  groups: ["{{SessionName}}"]\n')],
  'client-certificate-requested': [toLine({ verb: 'update', object: { ...CSR, subresource: 'approval' } })],
  'escalation-verbs-granted': [define([rule(['impersonate'], ['users'])])],
  'everyone-binding': [bind([group('system:authenticated')], { role: 'edit' })],
  'exec-in-kube-system': [
    toLine({ object: { resource: 'pods', namespace: 'kube-system', name: 'coredns', subresource: 'exec' } }),
  ],
  'legacy-unauthenticated-discovery': [bind([group('system:unauthenticated')], { role: 'system:discovery' })],
  'map-accounts-used': [mapRole(MASTERS_ROW, { mapAccounts: '- "444455556666"\n' })],
  'nodes-proxy': [toLine({ object: { resource: 'nodes', name: 'node-1', subresource: 'proxy' } })],
  'privileged-group-as-subject': [bind([group('system:masters')], { role: 'view' })],
  'privileged-impersonation': [toLine({ more: { impersonatedUser: { username: 'x', groups: ['system:masters'] } } })],
  'privileged-token-minted': [
    toLine({
      verb: 'create',
      object: { resource: 'serviceaccounts', namespace: 'kube-system', name: 'default', subresource: 'token' },
      code: 201,
    }),
  ],
  'public-info-viewer-widened': [define([SECRETS], { name: 'system:public-info-viewer' })],
  'denials-then-grant': [
    ...Array.from({ length: 3 }, () =>
      toLine({
        verb: 'create',
        code: 403,
        object: { resource: 'clusterrolebindings', apiGroup: RBAC, name: 'people' },
      }),
    ),
    bind([group('team-a')]),
  ],
  'rbac-mass-deletion': [toLine({ verb: 'deletecollection', object: { resource: 'clusterroles', apiGroup: RBAC } })],
  'secrets-listed-cluster-wide': [toLine({ verb: 'list', object: { resource: 'secrets' } })],
  'self-granted-admin': [bind([group('team')])],
  'service-account-is-admin': [bind([{ kind: 'ServiceAccount', name: 'deployer', namespace: 'payments' }])],
  'service-account-writes-rbac': [
    toLine({ verb: 'patch', user: DEPLOYER, object: { resource: 'clusterroles', apiGroup: RBAC, name: 'own' } }),
  ],
  'system-masters-mapping': [mapRole(MASTERS_ROW)],
  'wildcard-role': [define([rule(['*'], ['*'], ['*'])])],
};
