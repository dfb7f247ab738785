import { everyoneBinding } from '../../shared/detections/everyone-binding.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { policyRule, resolvedBinding, resolvedRole, subject } from '../support/facts.ts';
import { binding, writeOf } from '../support/rbac-writes.ts';

const authenticated = subject('Group', 'system:authenticated');
const SUBJECT = 'binding:ClusterRoleBinding/-/all';
const viewer = resolvedRole({ name: 'view', isDefault: true, level: 'limited', reason: 'reads most objects' });
const all = resolvedBinding({ name: 'all', resolvedRole: viewer, subjects: [authenticated] });
const written = binding({ name: 'all', role: { kind: 'ClusterRole', name: 'view' } });

describeDetection(everyoneBinding, {
  fires: [
    {
      name: 'everybody who is logged in may view',
      facts: { bindings: [all] },
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'Group system:authenticated holds ClusterRole view: reads most objects.',
    },
    {
      name: 'all service accounts, or those of one namespace, are bound in a namespace',
      facts: {
        bindings: [
          { ...all, subjects: [subject('Group', 'system:serviceaccounts')] },
          {
            ...all,
            kind: 'RoleBinding',
            namespace: 'dev',
            subjects: [subject('Group', 'system:serviceaccounts:ci'), subject('User', 'alice')],
          },
        ],
      },
      subjects: [SUBJECT, 'binding:RoleBinding/dev/all'],
    },
    {
      name: 'system:basic-user holds more than Kubernetes ships',
      facts: {
        bindings: [{ ...all, resolvedRole: resolvedRole({ name: 'system:basic-user' }), role: basic() }],
      },
      subjects: [SUBJECT],
    },
    {
      name: 'a patch adds everybody to a binding of one user',
      records: [
        writeOf({ ...written, subjects: [subject('User', 'alice')] }),
        writeOf({ ...written, subjects: [subject('User', 'alice'), authenticated] }, { verb: 'patch' }),
      ],
      subjects: [SUBJECT],
      says: 'wrote it so',
    },
  ],
  staysQuiet: [
    { name: 'the binding is one that Kubernetes or EKS ships', facts: { bindings: [{ ...all, isDefault: true }] } },
    {
      name: 'the role is a default of Kubernetes for all, under another binding',
      facts: { bindings: [{ ...all, role: basic(), resolvedRole: { ...viewer, name: 'system:basic-user' } }] },
    },
    {
      name: 'the binding is a leftover of pod security policies',
      facts: {
        bindings: [
          {
            ...all,
            resolvedRole: resolvedRole({
              name: 'eks:podsecuritypolicy:privileged',
              rules: [policyRule({ apiGroups: ['policy'], resources: ['podsecuritypolicies'], verbs: ['use'] })],
            }),
          },
        ],
      },
    },
    {
      name: 'one service account is bound, or a User of the name of the group',
      facts: {
        bindings: [
          { ...all, subjects: [subject('ServiceAccount', 'default', 'dev'), subject('User', 'system:authenticated')] },
        ],
      },
    },
    { name: 'the role does not exist', facts: { bindings: [{ ...all, resolvedRole: null }] } },
    {
      name: 'a record names a role that Kubernetes gives to all',
      records: [writeOf({ ...written, role: basic(), subjects: [authenticated] })],
    },
    {
      name: 'a later write leaves everybody where they were',
      facts: { bindings: [] },
      records: [
        writeOf({ ...written, subjects: [authenticated] }, { dryRun: true }),
        writeOf({ ...written, subjects: [subject('User', 'alice')] }, { verb: 'update' }),
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

function basic(): { readonly kind: 'ClusterRole'; readonly name: string } {
  return { kind: 'ClusterRole', name: 'system:basic-user' };
}
