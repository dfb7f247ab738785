/** Writes to the access objects of a cluster, each of which `keyholder detect` must tell. */
import { makePerson, type Request } from './audit-line.ts';

const AGENT = 'kubectl/v1.33.1 (linux/amd64) kubernetes/8adc0f0';
const RBAC = 'rbac.authorization.k8s.io';

/** Binds a group to cluster-admin. */
export function bindAdmins(number: number): Request {
  const name = `admins-${number}`;
  return {
    verb: 'create',
    uri: `/apis/${RBAC}/v1/clusterrolebindings?fieldManager=kubectl-create&fieldValidation=Strict`,
    user: makePerson('alice'),
    agent: AGENT,
    object: { resource: 'clusterrolebindings', name, apiGroup: RBAC, apiVersion: 'v1' },
    level: 'RequestResponse',
    code: 201,
    body: {
      kind: 'ClusterRoleBinding',
      apiVersion: `${RBAC}/v1`,
      metadata: { name },
      subjects: [{ kind: 'Group', apiGroup: RBAC, name: `team-${number}` }],
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'cluster-admin' },
    },
  };
}

/** Maps one more role into system:masters; the rows of earlier writes stay. */
export function mapMasters(number: number): Request {
  const rows = Array.from({ length: number + 1 }, (_, index) => [
    `- rolearn: arn:aws:iam::111122223333:role/operator-${index}`,
    `  username: operator-${index}`,
    '  groups:',
    '  - system:masters',
  ]);
  return {
    verb: 'update',
    uri: '/api/v1/namespaces/kube-system/configmaps/aws-auth?fieldManager=kubectl-edit',
    user: makePerson('bob'),
    agent: AGENT,
    object: { resource: 'configmaps', namespace: 'kube-system', name: 'aws-auth', apiVersion: 'v1' },
    level: 'RequestResponse',
    body: {
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: { name: 'aws-auth', namespace: 'kube-system' },
      data: { mapRoles: `${rows.flat().join('\n')}\n` },
    },
  };
}
