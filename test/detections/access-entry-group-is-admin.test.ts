import { accessEntryGroupIsAdmin } from '../../shared/detections/access-entry-group-is-admin.ts';
import { coverage, coverageBut, eksCoverage } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, accessEntry, mapping, resolvedBinding, resolvedRole, subject } from '../support/facts.ts';
import { PIPELINE, pipeline } from '../support/grants.ts';
import { binding, writeOf } from '../support/rbac-writes.ts';
import { cloudTrailEvent } from '../support/records.ts';

const SUBJECT = `iam:${ADMIN_ROLE}` as const;
const ops = subject('Group', 'ops');
const adminBinding = resolvedBinding({ name: 'ops-admins', subjects: [ops] });
const inOps = inGroups('ops', 'viewers');
const reader = resolvedRole({ name: 'view', level: 'limited', reason: 'reads pods' });
const entryInOps = cloudTrailEvent({
  actor: pipeline,
  principalArn: ADMIN_ROLE,
  request: { kubernetesGroups: ['ops'] },
});

function inGroups(...groups: readonly string[]) {
  return mapping({ entry: accessEntry({ groups }), identity: { username: 'x', groups } });
}

describeDetection(accessEntryGroupIsAdmin, {
  fires: [
    {
      name: 'a ClusterRoleBinding makes the group admin',
      facts: { mappings: [inOps], bindings: [adminBinding] },
      subjects: [SUBJECT],
      severities: ['critical'],
      says: 'is in group ops, which ClusterRoleBinding ops-admins binds to ClusterRole cluster-admin',
    },
    {
      name: 'a RoleBinding in kube-system makes the group admin: high',
      facts: {
        mappings: [inOps],
        bindings: [
          resolvedBinding({
            kind: 'RoleBinding',
            namespace: 'kube-system',
            level: 'admin-equivalent',
            subjects: [ops],
          }),
        ],
      },
      subjects: [SUBJECT],
      severities: ['high'],
    },
    {
      name: 'the role can raise itself: escalation counts as admin',
      facts: { mappings: [inOps], bindings: [resolvedBinding({ subjects: [ops], level: 'admin-equivalent' })] },
      subjects: [SUBJECT],
    },
    {
      name: 'a record puts the entry into the group',
      record: entryInOps,
      facts: { bindings: [adminBinding] },
      subjects: [SUBJECT],
      severities: ['critical'],
      says: `${PIPELINE} wrote the entry so.`,
    },
    {
      name: 'a record changes the groups of the entry',
      record: { ...entryInOps, eventName: 'UpdateAccessEntry' },
      facts: { bindings: [adminBinding] },
      subjects: [SUBJECT],
    },
    {
      name: 'a record binds the group long after the entry was made',
      records: [
        writeOf(binding({ name: 'late', subjects: [ops], role: { kind: 'ClusterRole', name: 'cluster-admin' } })),
      ],
      facts: { mappings: [inOps], roles: [resolvedRole()] },
      subjects: [SUBJECT],
      severities: ['critical'],
    },
    {
      name: 'the name of the group is hostile',
      facts: {
        mappings: [inGroups('<b>\n$(reboot)')],
        bindings: [resolvedBinding({ subjects: [subject('Group', '<b>\n$(reboot)')] })],
      },
      subjects: [SUBJECT],
      says: 'is in group <b>\n$(reboot), which',
    },
  ],
  staysQuiet: [
    {
      name: 'the group is bound to a role that only reads',
      facts: { mappings: [inOps], bindings: [resolvedBinding({ subjects: [ops], resolvedRole: reader })] },
    },
    {
      name: 'a user of the same name is bound, not the group',
      facts: { mappings: [inOps], bindings: [resolvedBinding({ subjects: [subject('User', 'ops')] })] },
    },
    {
      name: 'the admin role is bound in an ordinary namespace',
      facts: {
        mappings: [inOps],
        bindings: [
          resolvedBinding({ kind: 'RoleBinding', namespace: 'dev', level: 'namespace-admin', subjects: [ops] }),
        ],
      },
    },
    {
      name: 'the entry is dead',
      facts: { mappings: [{ ...inOps, inert: 'principal-gone' }], bindings: [adminBinding] },
    },
    {
      name: 'the group comes from aws-auth, which another detection reports',
      facts: {
        mappings: [mapping({ via: 'aws-auth', identity: { username: 'x', groups: ['ops'] } })],
        bindings: [adminBinding],
      },
    },
    { name: 'a record of an entry, where no binding is known', record: entryInOps },
    {
      name: 'the call was refused',
      record: { ...entryInOps, succeeded: false, errorCode: 'InvalidParameterException' },
      facts: { bindings: [adminBinding] },
    },
    { name: 'a group is named like a property of every object', facts: { mappings: [inGroups('constructor')] } },
  ],
  cannotTell: [
    { name: 'RBAC was not read', coverage: coverageBut(coverage('rbac', 'denied')), missing: ['rbac'] },
    {
      name: 'access entries were not read, and CloudTrail in part',
      coverage: coverageBut(eksCoverage({ 'access-entries': 'denied' }), coverage('cloudtrail', 'partial')),
      status: 'partly-evaluated',
      missing: ['cloudtrail', 'eks-api'],
    },
  ],
});
