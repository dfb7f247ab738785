import { adminClusterRoleBinding } from '../../shared/detections/admin-cluster-role-binding.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { policyRule, resolvedBinding, resolvedRole, subject } from '../support/facts.ts';
import { binding, deletionOf, role, writeOf } from '../support/rbac-writes.ts';

const SUBJECT = 'binding:ClusterRoleBinding/-/team-admins';
const wildcard = [policyRule({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] })];
const robot = subject('ServiceAccount', 'deployer', 'ci');

describeDetection(adminClusterRoleBinding, {
  fires: [
    {
      name: 'a user is bound to cluster-admin',
      facts: { bindings: [resolvedBinding()] },
      subjects: [SUBJECT],
      severities: ['critical'],
      says: 'User alice can act as cluster admin through ClusterRole cluster-admin',
    },
    {
      name: 'a service account is bound to a role that can become admin',
      facts: { bindings: [resolvedBinding({ subjects: [robot], level: 'admin-equivalent' })] },
      subjects: [SUBJECT],
      severities: ['high'],
    },
    {
      name: 'the name of a subject is hostile',
      facts: { bindings: [resolvedBinding({ subjects: [subject('Group', '<b>\n$(reboot)')] })] },
      subjects: [SUBJECT],
      says: 'Group <b>\n$(reboot) can act',
    },
    {
      name: 'a role of the name cluster-admin is no longer what Kubernetes ships',
      facts: {
        bindings: [resolvedBinding({ name: 'cluster-admin', subjects: [subject('Group', 'everyone-at-acme')] })],
      },
      subjects: ['binding:ClusterRoleBinding/-/cluster-admin'],
    },
    {
      name: 'a binding to cluster-admin is created, by the record alone',
      records: [writeOf(binding())],
      subjects: [SUBJECT],
      severities: ['critical'],
      says: 'platform-admin wrote it so.',
    },
    {
      name: 'a patch of which nothing earlier is known leaves an admin binding',
      records: [writeOf(binding(), { verb: 'patch' })],
      subjects: [SUBJECT],
      says: 'what it was before is not known here',
    },
    {
      name: 'a patch adds a user to a binding of a service account',
      records: [
        writeOf(binding({ role: { kind: 'ClusterRole', name: 'view' }, subjects: [robot] })),
        writeOf(binding({ subjects: [robot] }), { verb: 'update' }),
        writeOf(binding({ subjects: [robot, subject('User', 'mallory')] }), { verb: 'patch' }),
      ],
      subjects: [SUBJECT, SUBJECT],
      severities: ['critical', 'critical'],
    },
    {
      name: 'a binding of a service account is written again, and nothing earlier is known',
      records: [writeOf(binding({ subjects: [robot] }), { verb: 'update' })],
      subjects: [SUBJECT],
      severities: ['high'],
    },
    {
      name: 'the role under a standing binding becomes a wildcard',
      facts: {
        bindings: [resolvedBinding({ resolvedRole: resolvedRole({ name: 'pod-reader', rules: wildcard }) })],
        roles: [resolvedRole({ name: 'pod-reader', rules: wildcard })],
      },
      records: [writeOf(role({ rules: wildcard }), { verb: 'update' })],
      subjects: [SUBJECT],
      says: 'wrote the ClusterRole pod-reader under it',
    },
    {
      name: 'a deleted binding is made again',
      records: [writeOf(binding()), deletionOf(binding()), writeOf(binding())],
      subjects: [SUBJECT, SUBJECT],
    },
  ],
  staysQuiet: [
    {
      name: 'the binding is the one that Kubernetes ships',
      facts: { bindings: [resolvedBinding({ name: 'cluster-admin', isDefault: true })] },
    },
    { name: 'the binding has no subjects', facts: { bindings: [resolvedBinding({ subjects: [] })] } },
    {
      name: 'only callers without credentials are bound, which anonymous-binding tells',
      facts: { bindings: [resolvedBinding({ subjects: [subject('User', 'system:anonymous')] })] },
    },
    {
      name: 'the role is bound in one namespace',
      facts: { bindings: [resolvedBinding({ kind: 'RoleBinding', namespace: 'dev', level: 'namespace-admin' })] },
    },
    { name: 'the role only reads', facts: { bindings: [resolvedBinding({ level: 'limited' })] } },
    {
      name: 'the write was refused, or a dry run',
      records: [writeOf(binding(), { code: 403, decision: 'forbid' }), writeOf(binding(), { dryRun: true })],
    },
    {
      name: 'the rules of the bound role are not in the record',
      records: [writeOf(binding({ role: { kind: 'ClusterRole', name: 'pod-reader' } }))],
    },
    {
      name: 'a controller writes the same role again',
      facts: { bindings: [], roles: [] },
      records: [writeOf(role()), writeOf(role(), { verb: 'update' })],
    },
  ],
  cannotTell: [
    {
      name: 'neither RBAC nor the audit log was read',
      coverage: coverageBut(coverage('rbac', 'denied'), coverage('audit-log', 'disabled')),
      missing: ['rbac', 'audit-log'],
    },
    {
      name: 'RBAC was read in part',
      coverage: coverageBut(coverage('rbac', 'partial'), coverage('audit-log', 'unavailable')),
      status: 'partly-evaluated',
      missing: ['rbac', 'audit-log'],
    },
  ],
});
