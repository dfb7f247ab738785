import { adminRoleBindingInSensitiveNamespace } from '../../shared/detections/admin-role-binding-in-sensitive-namespace.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { policyRule, resolvedBinding, resolvedRole, subject } from '../support/facts.ts';
import { binding, writeOf } from '../support/rbac-writes.ts';

const edit = resolvedRole({
  name: 'edit',
  rules: [policyRule({ resources: ['secrets'], verbs: ['update'] })],
  isDefault: true,
  level: 'admin-equivalent',
});
const inNamespace = (namespace: string) =>
  resolvedBinding({ kind: 'RoleBinding', namespace, name: 'ops', resolvedRole: edit, level: 'namespace-admin' });
const editor = { kind: 'ClusterRole', name: 'edit' } as const;

describeDetection(adminRoleBindingInSensitiveNamespace, {
  fires: [
    {
      name: 'a user may edit in the namespaces of Argo CD and Flux',
      facts: { bindings: [inNamespace('argocd'), inNamespace('flux-system')] },
      subjects: ['binding:RoleBinding/argocd/ops', 'binding:RoleBinding/flux-system/ops'],
      severities: ['high', 'high'],
      says: 'User alice can act as admin of namespace argocd through ClusterRole edit',
    },
    {
      name: 'a role of kube-system that can become admin, whatever its name',
      facts: {
        bindings: [
          {
            ...inNamespace('kube-system'),
            role: { kind: 'Role', name: 'helper' },
            resolvedRole: resolvedRole({ kind: 'Role', name: 'helper', namespace: 'kube-system', rules: [] }),
            level: 'admin-equivalent',
          },
        ],
      },
      subjects: ['binding:RoleBinding/kube-system/ops'],
    },
    {
      name: 'a role that allows everything in a sensitive namespace',
      facts: {
        bindings: [{ ...inNamespace('velero'), role: { kind: 'Role', name: 'x' }, resolvedRole: resolvedRole() }],
      },
      subjects: ['binding:RoleBinding/velero/ops'],
    },
    {
      name: 'a record shows the binding being made, and Kubernetes ships its role',
      records: [writeOf(binding({ kind: 'RoleBinding', namespace: 'kube-system', name: 'ops', role: editor }))],
      subjects: ['binding:RoleBinding/kube-system/ops'],
      says: 'wrote it so',
    },
  ],
  staysQuiet: [
    { name: 'the namespace is one of many', facts: { bindings: [inNamespace('payments')] } },
    { name: 'a namespace only begins like kube-system', facts: { bindings: [inNamespace('kube-system-tools')] } },
    {
      name: 'an operator writes Secrets through a Role of its own namespace',
      facts: {
        bindings: [{ ...inNamespace('argocd'), role: { kind: 'Role', name: 'argocd-server' } }],
      },
    },
    {
      name: 'the binding is one that an add-on ships',
      facts: { bindings: [{ ...inNamespace('kube-system'), level: 'admin-equivalent', isDefault: true }] },
    },
    {
      name: 'only callers without credentials are bound, which anonymous-binding tells',
      facts: { bindings: [{ ...inNamespace('argocd'), subjects: [subject('User', 'system:anonymous')] }] },
    },
    {
      name: 'a record binds view',
      records: [
        writeOf(
          binding({ kind: 'RoleBinding', namespace: 'kube-system', role: { kind: 'ClusterRole', name: 'view' } }),
        ),
      ],
    },
  ],
  cannotTell: [
    {
      name: 'neither RBAC nor the audit log was read',
      coverage: coverageBut(coverage('rbac', 'denied'), coverage('audit-log', 'disabled')),
      missing: ['rbac', 'audit-log'],
    },
    {
      name: 'both were read in part',
      coverage: coverageBut(coverage('rbac', 'partial'), coverage('audit-log', 'partial')),
      status: 'partly-evaluated',
      missing: ['rbac', 'audit-log'],
    },
  ],
});
