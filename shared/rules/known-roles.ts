/** The name of a ClusterRole that every cluster has into what decides its level, for records that name it and do not show it. */
import type { ResolvedRole } from '../model/facts.ts';
import type { RoleKind } from '../model/rbac.ts';
import { parseRule } from './rule-notation.ts';

const READ = 'get,list,watch';
const WRITE = 'create,delete,deletecollection,patch,update';

const VIEW = [
  `${READ} | core | configmaps,endpoints,events,namespaces,persistentvolumeclaims,pods,pods/log,serviceaccounts,services`,
  `${READ} | apps | daemonsets,deployments,replicasets,statefulsets`,
];
const EDIT = [
  ...VIEW,
  `${READ} | core | pods/attach,pods/exec,pods/portforward,pods/proxy,secrets,services/proxy`,
  `${WRITE} | core | configmaps,endpoints,persistentvolumeclaims,pods,pods/attach,pods/exec,secrets,serviceaccounts,services`,
  `${WRITE} | apps | daemonsets,deployments,replicasets,statefulsets`,
  'impersonate | core | serviceaccounts',
];

/** Not every rule of each, but all that raise its level. */
const RULES: ReadonlyMap<string, readonly string[]> = new Map([
  ['cluster-admin', ['* | * | *', '* | *']],
  ['admin', [...EDIT, `get,list,watch,${WRITE} | rbac.authorization.k8s.io | rolebindings,roles`]],
  ['edit', EDIT],
  ['view', VIEW],
  ['system:basic-user', ['create | authorization.k8s.io | selfsubjectaccessreviews,selfsubjectrulesreviews']],
  [
    'system:discovery',
    ['get | /api,/api/*,/apis,/apis/*,/healthz,/livez,/openapi,/openapi/*,/readyz,/version,/version/'],
  ],
  ['system:public-info-viewer', ['get | /healthz,/livez,/readyz,/version,/version/']],
  ['system:service-account-issuer-discovery', ['get | /.well-known/openid-configuration,/openid/v1/jwks']],
]);

/** As Kubernetes ships it: whoever changed it shows in a record of that change. */
export function findKnownRole(kind: RoleKind, name: string): ResolvedRole | null {
  const rules = kind === 'ClusterRole' ? RULES.get(name)?.map(parseRule) : undefined;
  if (rules === undefined) return null;
  return {
    kind,
    name,
    namespace: null,
    rules,
    effectiveRules: rules,
    aggregates: [],
    labels: {},
    annotations: {},
    createdAt: null,
    isDefault: true,
    level: 'unknown',
    reason: 'not graded here',
    evidence: { source: 'rbac', id: name, at: null, file: null, line: 0 },
  };
}
