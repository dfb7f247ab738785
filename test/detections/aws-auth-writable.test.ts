import { awsAuthWritable } from '../../shared/detections/aws-auth-writable.ts';
import type { ResolvedBinding } from '../../shared/model/facts.ts';
import type { PolicyRule } from '../../shared/model/rbac.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { awsAuth, cluster, policyRule, resolvedBinding, resolvedRole, subject } from '../support/facts.ts';

const inUse = { awsAuth: awsAuth() };
const inKubeSystem = { kind: 'RoleBinding', namespace: 'kube-system', name: 'writers' } as const;
const SUBJECT = 'binding:RoleBinding/kube-system/writers';

function writers(rule: Partial<PolicyRule>, more: Partial<ResolvedBinding> = {}) {
  const rules = [policyRule({ resources: ['configmaps'], verbs: ['update'], ...rule })];
  const role = resolvedRole({ name: 'writer', rules, level: 'admin-equivalent', reason: 'may change aws-auth' });
  return resolvedBinding({ ...inKubeSystem, subjects: [subject('Group', 'devs')], resolvedRole: role, ...more });
}

describeDetection(awsAuthWritable, {
  fires: [
    {
      name: 'a role in kube-system updates ConfigMaps',
      facts: { ...inUse, bindings: [writers({})] },
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'Group devs may update kube-system/aws-auth through ClusterRole writer',
    },
    {
      name: 'a role patches this ConfigMap by name',
      facts: { ...inUse, bindings: [writers({ verbs: ['patch'], resourceNames: ['aws-auth'] })] },
      subjects: [SUBJECT],
    },
    {
      name: 'a role of the whole cluster may do everything with ConfigMaps',
      facts: {
        ...inUse,
        bindings: [writers({ verbs: ['*'] }, { kind: 'ClusterRoleBinding', namespace: null })],
      },
      subjects: ['binding:ClusterRoleBinding/-/writers'],
    },
    {
      name: 'a role creates ConfigMaps while there is no aws-auth',
      facts: { bindings: [writers({ verbs: ['create'] })] },
      subjects: [SUBJECT],
      says: 'may create kube-system/aws-auth',
    },
    {
      name: 'the authentication mode is not known',
      facts: { ...inUse, cluster: cluster({ authenticationMode: null }), bindings: [writers({})] },
      subjects: [SUBJECT],
    },
    {
      name: 'a customer’s binding has the name of one of EKS',
      facts: { ...inUse, bindings: [writers({}, { name: 'eks:node-manager' })] },
      subjects: ['binding:RoleBinding/kube-system/eks:node-manager'],
    },
  ],
  staysQuiet: [
    {
      name: 'the role writes another ConfigMap by name',
      facts: { ...inUse, bindings: [writers({ resourceNames: ['cluster-autoscaler-status'] })] },
    },
    {
      name: 'the role is bound in another namespace',
      facts: { ...inUse, bindings: [writers({}, { namespace: 'dev' })] },
    },
    {
      name: 'the role creates ConfigMaps, and aws-auth is there',
      facts: { ...inUse, bindings: [writers({ verbs: ['create'] })] },
    },
    {
      name: 'the role creates ConfigMaps, and whether aws-auth is there is not known',
      facts: {
        bindings: [writers({ verbs: ['create'] })],
        coverage: coverageBut(coverage('aws-auth', 'denied')),
      },
    },
    { name: 'the role reads ConfigMaps', facts: { ...inUse, bindings: [writers({ verbs: ['get', 'list'] })] } },
    {
      name: 'the role may do everything, which another detection reports',
      facts: { ...inUse, bindings: [resolvedBinding()] },
    },
    { name: 'EKS ships the binding', facts: { ...inUse, bindings: [writers({}, { isDefault: true })] } },
    { name: 'the binding has no subjects', facts: { ...inUse, bindings: [writers({}, { subjects: [] })] } },
    { name: 'the role is missing', facts: { ...inUse, bindings: [writers({}, { resolvedRole: null })] } },
    {
      name: 'the cluster does not read aws-auth',
      facts: { ...inUse, cluster: cluster({ authenticationMode: 'API' }), bindings: [writers({})] },
    },
  ],
  cannotTell: [
    { name: 'RBAC was not read', coverage: coverageBut(coverage('rbac', 'denied')), missing: ['rbac'] },
    {
      name: 'RBAC was read in part',
      coverage: coverageBut(coverage('rbac', 'partial')),
      status: 'partly-evaluated',
      missing: ['rbac'],
    },
  ],
});
