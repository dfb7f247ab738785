import { anonymousBinding } from '../../shared/detections/anonymous-binding.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { cluster, policyRule, resolvedBinding, resolvedRole, subject } from '../support/facts.ts';
import { binding, role, writeOf } from '../support/rbac-writes.ts';

const anonymous = subject('User', 'system:anonymous');
const unauthenticated = subject('Group', 'system:unauthenticated');
const older = { cluster: cluster({ version: '1.31' }), anonymousRefused: false };
const SUBJECT = 'binding:ClusterRoleBinding/-/open';

const reader = resolvedRole({
  name: 'pod-reader',
  rules: [policyRule({ resources: ['pods'], verbs: ['get'] })],
  level: 'limited',
  reason: 'reads pods',
});
const health = resolvedRole({
  name: 'health',
  rules: [policyRule({ apiGroups: [], nonResourceURLs: ['/healthz', '/version/'], verbs: ['get'] })],
  level: 'limited',
});
const open = resolvedBinding({ name: 'open', resolvedRole: reader, subjects: [anonymous] });
const toPods = { kind: 'ClusterRole', name: 'pod-reader' } as const;
const written = binding({ name: 'open', role: toPods, subjects: [anonymous] });

describeDetection(anonymousBinding, {
  fires: [
    {
      name: 'the anonymous user may read pods',
      facts: { ...older, bindings: [open] },
      subjects: [SUBJECT],
      severities: ['critical'],
      says: 'anybody without credentials, may do what ClusterRole pod-reader allows: reads pods',
    },
    {
      name: 'the group of callers without credentials gets health paths once more',
      facts: {
        ...older,
        bindings: [resolvedBinding({ name: 'open', resolvedRole: health, subjects: [unauthenticated] })],
      },
      subjects: [SUBJECT],
      severities: ['high'],
    },
    {
      name: 'Kubernetes 1.32 refuses such callers: two steps lower',
      facts: { bindings: [open, resolvedBinding({ name: 'open', resolvedRole: health, subjects: [anonymous] })] },
      subjects: [SUBJECT, SUBJECT],
      severities: ['medium', 'low'],
      says: 'Kubernetes 1.33 refuses such callers',
    },
    {
      name: 'a binding of the name of the default one leads to another role',
      facts: {
        ...older,
        bindings: [
          resolvedBinding({ name: 'system:public-info-viewer', resolvedRole: reader, subjects: [unauthenticated] }),
        ],
      },
      subjects: ['binding:ClusterRoleBinding/-/system:public-info-viewer'],
    },
    {
      name: 'a RoleBinding of kubeadm stands, which EKS does not have',
      facts: {
        ...older,
        bindings: [
          resolvedBinding({
            kind: 'RoleBinding',
            namespace: 'kube-public',
            name: 'kubeadm:bootstrap-signer-clusterinfo',
            resolvedRole: reader,
            subjects: [anonymous],
          }),
        ],
      },
      subjects: ['binding:RoleBinding/kube-public/kubeadm:bootstrap-signer-clusterinfo'],
      severities: ['critical'],
    },
    {
      name: 'system:discovery was widened and is bound to everybody',
      facts: {
        ...older,
        bindings: [
          resolvedBinding({
            name: 'open',
            resolvedRole: resolvedRole({ name: 'system:discovery', isDefault: false }),
            subjects: [unauthenticated],
          }),
        ],
      },
      subjects: [SUBJECT],
    },
    {
      name: 'a record shows the binding being made, and not its role',
      records: [writeOf(binding({ name: 'open', role: { kind: 'Role', name: 'x' }, subjects: [anonymous] }))],
      subjects: [SUBJECT],
      severities: ['critical'],
      says: 'its rules are not in what was read. The version of the cluster is not known here',
    },
    {
      name: 'a patch adds the anonymous user to a binding',
      facts: { ...older, roles: [reader] },
      records: [
        writeOf({ ...written, subjects: [subject('User', 'alice')] }),
        writeOf({ ...written, subjects: [subject('User', 'alice'), anonymous] }, { verb: 'patch' }),
      ],
      subjects: [SUBJECT],
      says: 'User system:anonymous, that is anybody without credentials,',
    },
    {
      name: 'the missing role of an anonymous binding is created',
      facts: { ...older, bindings: [{ ...open, resolvedRole: null, level: 'limited' }] },
      records: [writeOf(role())],
      subjects: [SUBJECT],
      says: 'wrote the ClusterRole pod-reader under it so',
    },
  ],
  staysQuiet: [
    {
      name: 'the binding and its role are what Kubernetes ships',
      facts: { ...older, bindings: [resolvedBinding({ subjects: [unauthenticated], isDefault: true })] },
    },
    {
      name: 'a Group named system:anonymous and a User named system:unauthenticated are nobody',
      facts: {
        ...older,
        bindings: [
          resolvedBinding({
            subjects: [subject('Group', 'system:anonymous'), subject('User', 'system:unauthenticated')],
          }),
        ],
      },
    },
    {
      name: 'the role does not exist, which anonymous-binding-dormant tells',
      facts: { ...older, bindings: [resolvedBinding({ subjects: [anonymous], resolvedRole: null })] },
    },
    {
      name: 'the leftover of Kubernetes 1.13 is told by legacy-unauthenticated-discovery',
      facts: {
        ...older,
        bindings: [
          resolvedBinding({
            resolvedRole: resolvedRole({ name: 'system:discovery', isDefault: true }),
            subjects: [unauthenticated],
          }),
        ],
      },
    },
    { name: 'the write was a dry run', records: [writeOf(written, { dryRun: true })] },
    { name: 'the write was refused', records: [writeOf(written, { code: 403, decision: 'forbid' })] },
  ],
  cannotTell: [
    {
      name: 'neither RBAC nor the audit log was read',
      coverage: coverageBut(coverage('rbac', 'denied'), coverage('audit-log', 'disabled')),
      missing: ['rbac', 'audit-log'],
    },
    {
      name: 'RBAC was denied and the audit log read in part',
      coverage: coverageBut(coverage('rbac', 'denied'), coverage('audit-log', 'partial')),
      status: 'partly-evaluated',
      missing: ['audit-log', 'rbac'],
    },
  ],
});
