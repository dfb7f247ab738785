import { awsAuthGroupIsAdmin } from '../../shared/detections/aws-auth-group-is-admin.ts';
import type { AwsAuthRow } from '../../shared/model/aws-auth.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, awsAuth, awsAuthRow, mapping, resolvedBinding, resolvedRole, subject } from '../support/facts.ts';
import { awsAuthWrite } from '../support/grants.ts';
import { binding, writeOf } from '../support/rbac-writes.ts';

const SUBJECT = `aws-auth:${ADMIN_ROLE}` as const;
const ops = subject('Group', 'ops');
const adminBinding = resolvedBinding({ name: 'ops-admins', subjects: [ops] });
const inOps = awsAuthRow({ groups: ['ops'] });
const nodeRow = awsAuthRow({
  username: 'system:node:{{EC2PrivateDNSName}}',
  groups: ['system:bootstrappers', 'system:nodes', 'system:node-proxier', 'eks:kube-proxy-windows'],
});
const bootstrapper = resolvedBinding({
  name: 'eks:node-bootstrapper',
  subjects: [subject('Group', 'system:bootstrappers'), subject('Group', 'system:nodes')],
  resolvedRole: resolvedRole({ name: 'eks:node-bootstrapper', level: 'limited', reason: 'asks for certificates' }),
});

function mapped(row: AwsAuthRow) {
  return mapping({ via: 'aws-auth', row, identity: { username: row.username, groups: row.groups } });
}

describeDetection(awsAuthGroupIsAdmin, {
  fires: [
    {
      name: 'a binding makes the group admin',
      facts: { mappings: [mapped(inOps)], bindings: [adminBinding] },
      subjects: [SUBJECT],
      severities: ['critical'],
      says: 'into group ops, which ClusterRoleBinding ops-admins binds to ClusterRole cluster-admin',
    },
    {
      name: 'somebody bound the group of nodes to cluster-admin',
      facts: {
        mappings: [mapped(nodeRow)],
        bindings: [bootstrapper, resolvedBinding({ subjects: [subject('Group', 'system:nodes')] })],
      },
      subjects: [SUBJECT],
    },
    {
      name: 'a record maps a role into the group',
      records: [awsAuthWrite(awsAuth()), awsAuthWrite(awsAuth({ rows: [inOps] }))],
      facts: { bindings: [adminBinding] },
      subjects: [SUBJECT],
    },
    {
      name: 'a record binds the group long after the row was written',
      records: [
        writeOf(binding({ name: 'late', subjects: [ops], role: { kind: 'ClusterRole', name: 'cluster-admin' } })),
      ],
      facts: { mappings: [mapped(inOps)], roles: [resolvedRole()] },
      subjects: [SUBJECT],
    },
    {
      name: 'the name of the group is hostile',
      facts: {
        mappings: [mapped(awsAuthRow({ groups: ['<b>\n$(reboot)', '__proto__'] }))],
        bindings: [resolvedBinding({ subjects: [subject('Group', '<b>\n$(reboot)')] })],
      },
      subjects: [SUBJECT],
      says: 'into group <b>\n$(reboot), which',
    },
  ],
  staysQuiet: [
    {
      name: 'the groups of nodes, as EKS binds them',
      facts: { mappings: [mapped(nodeRow)], bindings: [bootstrapper] },
    },
    {
      name: 'system:masters, which another detection reports',
      facts: {
        mappings: [mapped(awsAuthRow({ groups: ['system:masters'] }))],
        bindings: [resolvedBinding({ subjects: [subject('Group', 'system:masters')], isDefault: true })],
      },
    },
    { name: 'nobody binds the group', facts: { mappings: [mapped(inOps)] } },
    {
      name: 'the row does not count',
      facts: { mappings: [{ ...mapped(inOps), inert: 'duplicate-row' }], bindings: [adminBinding] },
    },
    {
      name: 'a record maps into the group, where no binding is known',
      records: [awsAuthWrite(awsAuth({ rows: [inOps] }))],
    },
    {
      name: 'a record leaves the row as it was',
      records: [awsAuthWrite(awsAuth({ rows: [] })), awsAuthWrite(awsAuth({ rows: [nodeRow] }))],
      facts: { bindings: [adminBinding] },
    },
  ],
  cannotTell: [
    { name: 'RBAC was not read', coverage: coverageBut(coverage('rbac', 'denied')), missing: ['rbac'] },
    {
      name: 'neither aws-auth nor the audit log were read',
      coverage: coverageBut(coverage('aws-auth', 'denied'), coverage('audit-log', 'disabled')),
      missing: ['aws-auth', 'audit-log'],
    },
  ],
});
