import { serviceAccountIsAdmin } from '../../shared/detections/service-account-is-admin.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { resolvedBinding, resolvedRole, subject } from '../support/facts.ts';
import { binding, role, writeOf } from '../support/rbac-writes.ts';

const deployer = subject('ServiceAccount', 'deployer', 'ci');
const standard = subject('ServiceAccount', 'default', 'dev');
const SUBJECT = 'binding:ClusterRoleBinding/-/team-admins';

describeDetection(serviceAccountIsAdmin, {
  fires: [
    {
      name: 'a service account is bound to cluster-admin',
      facts: { bindings: [resolvedBinding({ subjects: [deployer, subject('User', 'alice')] })] },
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'ServiceAccount ci/deployer, and whoever takes over a pod of it, can act as admin of the cluster',
    },
    {
      name: 'the service account that every pod uses is bound',
      facts: { bindings: [resolvedBinding({ subjects: [standard] })] },
      subjects: [SUBJECT],
      severities: ['critical'],
      says: 'every pod of its namespace that names no other',
    },
    {
      name: 'a service account is admin of kube-system',
      facts: {
        bindings: [
          resolvedBinding({
            kind: 'RoleBinding',
            namespace: 'kube-system',
            subjects: [deployer],
            level: 'admin-equivalent',
          }),
        ],
      },
      subjects: ['binding:RoleBinding/kube-system/team-admins'],
      says: 'can act as admin of namespace kube-system',
    },
    {
      name: 'a patch adds the service account',
      records: [
        writeOf(binding()),
        writeOf(binding({ subjects: [subject('User', 'alice'), standard] }), { verb: 'patch' }),
      ],
      subjects: [SUBJECT],
      severities: ['critical'],
    },
  ],
  staysQuiet: [
    {
      name: 'Kubernetes or an add-on ships the binding',
      facts: { bindings: [resolvedBinding({ subjects: [deployer], isDefault: true })] },
    },
    { name: 'only people are bound', facts: { bindings: [resolvedBinding()] } },
    {
      name: 'the role is no admin',
      facts: {
        bindings: [resolvedBinding({ subjects: [deployer], resolvedRole: resolvedRole({ level: 'sensitive-read' }) })],
      },
    },
    {
      name: 'the service account is admin of its own namespace',
      facts: {
        bindings: [
          resolvedBinding({ kind: 'RoleBinding', namespace: 'ci', subjects: [deployer], level: 'namespace-admin' }),
        ],
      },
    },
    {
      name: 'a record binds a role that reads pods',
      records: [
        writeOf(role()),
        writeOf(binding({ role: { kind: 'ClusterRole', name: 'pod-reader' }, subjects: [standard] })),
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
