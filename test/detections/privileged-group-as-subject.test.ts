import { privilegedGroupAsSubject } from '../../shared/detections/privileged-group-as-subject.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { resolvedBinding, resolvedRole, subject } from '../support/facts.ts';
import { binding, writeOf } from '../support/rbac-writes.ts';

const masters = subject('Group', 'system:masters');
const nodes = subject('Group', 'system:nodes');
const SUBJECT = 'binding:ClusterRoleBinding/-/team-admins';
const harmless = resolvedRole({ name: 'pod-reader', level: 'limited' });

describeDetection(privilegedGroupAsSubject, {
  fires: [
    {
      name: 'system:masters is bound to a harmless role',
      facts: { bindings: [resolvedBinding({ resolvedRole: harmless, subjects: [masters] })] },
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'Group system:masters, which passes every check without any binding, is bound to ClusterRole pod-reader',
    },
    {
      name: 'a binding of the name cluster-admin is not the one that Kubernetes ships',
      facts: {
        bindings: [resolvedBinding({ name: 'cluster-admin', subjects: [masters, subject('User', 'mallory')] })],
      },
      subjects: ['binding:ClusterRoleBinding/-/cluster-admin'],
    },
    {
      name: 'nodes and controllers get more than a harmless role',
      facts: {
        bindings: [
          resolvedBinding({ subjects: [nodes] }),
          resolvedBinding({ subjects: [subject('User', 'system:kube-controller-manager')], level: 'sensitive-read' }),
        ],
      },
      subjects: [SUBJECT, SUBJECT],
    },
    {
      name: 'a record shows the group being added in a namespace',
      records: [writeOf(binding({ kind: 'RoleBinding', namespace: 'dev', subjects: [masters] }), { verb: 'patch' })],
      subjects: ['binding:RoleBinding/dev/team-admins'],
    },
    {
      name: 'a record binds the nodes to a role that it does not show',
      records: [writeOf(binding({ role: { kind: 'ClusterRole', name: 'x' }, subjects: [nodes] }))],
      subjects: [SUBJECT],
      says: 'its rules are not in what was read',
    },
  ],
  staysQuiet: [
    {
      name: 'Kubernetes ships the binding of cluster-admin',
      facts: { bindings: [resolvedBinding({ name: 'cluster-admin', subjects: [masters], isDefault: true })] },
    },
    {
      name: 'an agent lets the nodes read pods',
      facts: { bindings: [resolvedBinding({ resolvedRole: harmless, subjects: [nodes] })] },
    },
    {
      name: 'a User and a ServiceAccount of the name are somebody else',
      facts: {
        bindings: [
          resolvedBinding({
            subjects: [subject('User', 'system:masters'), subject('ServiceAccount', 'system:masters', 'dev')],
          }),
        ],
      },
    },
    { name: 'the write was a dry run', records: [writeOf(binding({ subjects: [masters] }), { dryRun: true })] },
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
