import { selfGrantedAdmin } from '../../shared/detections/self-granted-admin.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, awsAuth, awsAuthRow, facts, resolvedBinding, subject } from '../support/facts.ts';
import { association, awsAuthWrite, namespaces, pipeline } from '../support/grants.ts';
import { binding, writeOf } from '../support/rbac-writes.ts';
import { actor, auditEvent, cloudTrailEvent } from '../support/records.ts';

const SUBJECT = `iam:${ADMIN_ROLE}` as const;
const itself = { actor: actor() };
const ownPolicy = association('AmazonEKSClusterAdminPolicy', { type: 'cluster' }, itself);
const ownRow = awsAuth({ rows: [awsAuthRow({ groups: ['system:masters'] })] });
const toAdmin = { kind: 'ClusterRole', name: 'cluster-admin' } as const;
const { user } = auditEvent();
const breakGlass = {
  ...facts().config,
  breakGlass: [{ principal: ADMIN_ROLE.replace('role/', 'role/emergency/'), clusters: ['payments'] }],
};

describeDetection(selfGrantedAdmin, {
  fires: [
    {
      name: 'a caller associates cluster-admin with itself',
      record: ownPolicy,
      subjects: [SUBJECT],
      severities: ['critical'],
      says: 'made itself admin through AmazonEKSClusterAdminPolicy at cluster scope',
    },
    {
      name: 'a caller associates a policy with itself that is as good',
      record: association('AmazonEKSEditPolicy', { type: 'cluster' }, itself),
      subjects: [SUBJECT],
    },
    {
      name: 'the session issuer of the caller has the path, the entry has not',
      record: association(
        'AmazonEKSClusterAdminPolicy',
        { type: 'cluster' },
        {
          actor: actor({ principalArn: ADMIN_ROLE.replace('role/', 'role/team/') }),
        },
      ),
      subjects: ['iam:arn:aws:iam::111122223333:role/team/platform-admin'],
    },
    {
      name: 'a caller puts its own entry into an admin group',
      record: cloudTrailEvent({ principalArn: ADMIN_ROLE, request: { kubernetesGroups: ['ops'] }, ...itself }),
      facts: { bindings: [resolvedBinding({ subjects: [subject('Group', 'ops')] })] },
      subjects: [SUBJECT],
    },
    {
      name: 'a caller writes its own row into aws-auth',
      records: [awsAuthWrite(awsAuth(), itself), awsAuthWrite(ownRow, itself)],
      subjects: [SUBJECT],
      says: 'a row of aws-auth in system:masters',
    },
    {
      name: 'a caller binds its own username to cluster-admin',
      records: [writeOf(binding({ name: 'mine', role: toAdmin, subjects: [subject('User', user.username)] }), itself)],
      subjects: [SUBJECT],
      says: 'through ClusterRoleBinding mine',
    },
    {
      name: 'a caller binds a group that it is in',
      records: [
        writeOf(binding({ name: 'mine', role: toAdmin, subjects: [subject('Group', 'devs')] }), {
          ...itself,
          user: { ...user, groups: ['devs', 'system:authenticated'] },
        }),
      ],
      subjects: [SUBJECT],
    },
    {
      name: 'a service account binds itself',
      records: [
        writeOf(binding({ name: 'mine', role: toAdmin, subjects: [subject('ServiceAccount', 'builder', 'ci')] }), {
          actor: actor({ name: 'system:serviceaccount:ci:builder', kind: 'service-account', principalArn: null }),
          user: { username: 'system:serviceaccount:ci:builder', uid: null, groups: ['system:serviceaccounts'] },
        }),
      ],
      subjects: ['user:system:serviceaccount:ci:builder'],
    },
    {
      name: 'the username that binds itself is hostile',
      records: [
        writeOf(binding({ name: 'mine', role: toAdmin, subjects: [subject('User', '<b>\n$(reboot)')] }), {
          actor: actor({ name: '<b>\n$(reboot)', kind: 'kubernetes-user', principalArn: null }),
          user: { username: '<b>\n$(reboot)', uid: null, groups: [] },
        }),
      ],
      subjects: ['user:<b>\n$(reboot)'],
    },
  ],
  staysQuiet: [
    { name: 'somebody else gives the policy', record: association('AmazonEKSClusterAdminPolicy') },
    {
      name: 'a role of the same name in another account gives the policy',
      record: association(
        'AmazonEKSClusterAdminPolicy',
        { type: 'cluster' },
        {
          actor: actor({ principalArn: 'arn:aws:iam::444455556666:role/platform-admin' }),
        },
      ),
    },
    {
      name: 'a caller gives itself the right to look',
      record: association('AmazonEKSViewPolicy', { type: 'cluster' }, itself),
    },
    {
      name: 'a caller gives itself cluster-admin in one namespace',
      record: association('AmazonEKSClusterAdminPolicy', namespaces('dev'), itself),
    },
    { name: 'the call was refused', record: { ...ownPolicy, succeeded: false, errorCode: 'AccessDenied' } },
    {
      name: 'the caller is a break-glass principal of this cluster',
      record: ownPolicy,
      facts: { config: breakGlass },
    },
    {
      name: 'the row was there before the records begin',
      records: [awsAuthWrite(ownRow, itself)],
      facts: {},
    },
    {
      name: 'the pipeline writes the row',
      records: [awsAuthWrite(awsAuth()), awsAuthWrite(ownRow, { actor: pipeline })],
    },
    {
      name: 'a caller binds everybody who is logged in, which another detection reports',
      records: [
        writeOf(binding({ name: 'all', role: toAdmin, subjects: [subject('Group', 'system:authenticated')] }), itself),
      ],
    },
    {
      name: 'a caller patches a binding that it stood in before',
      records: [
        writeOf(binding({ name: 'ops', role: toAdmin, subjects: [subject('User', user.username)] }), {
          actor: pipeline,
          user: { username: 'pipeline', uid: null, groups: [] },
        }),
        writeOf(
          binding({
            name: 'ops',
            role: toAdmin,
            subjects: [subject('User', user.username), subject('User', 'bob')],
          }),
          { ...itself, verb: 'patch' },
        ),
      ],
    },
  ],
  cannotTell: [
    {
      name: 'CloudTrail was not read',
      coverage: coverageBut(coverage('cloudtrail', 'denied')),
      missing: ['cloudtrail'],
    },
    {
      name: 'the audit log was read in part',
      coverage: coverageBut(coverage('audit-log', 'partial')),
      status: 'partly-evaluated',
      missing: ['audit-log'],
    },
  ],
});
