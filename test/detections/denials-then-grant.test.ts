import { denialsThenGrant } from '../../shared/detections/denials-then-grant.ts';
import type { AuditEvent } from '../../shared/model/records.ts';
import { coverage, coverageBut, ref } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { awsAuth, awsAuthRow } from '../support/facts.ts';
import { by } from '../support/quiet.ts';
import { binding, role, writeOf } from '../support/rbac-writes.ts';
import { actor, auditEvent, cloudTrailEvent } from '../support/records.ts';

const MALLORY = 'arn:aws:iam::111122223333:role/mallory';

function denied(minute: number, more: Partial<AuditEvent> = by('bob')): AuditEvent {
  const at = `2026-11-20T08:${String(minute).padStart(2, '0')}:00Z`;
  const evidence = ref('audit-log', { at, id: `denied-${minute}` });
  return auditEvent({ verb: 'create', code: 403, decision: 'forbid', at, evidence, ...more });
}

const three = [denied(1), denied(2), denied(3)];
const LATER = '2026-11-20T08:30:00Z';
const grant = writeOf(binding(), { at: LATER, ...by('bob') });
const association = cloudTrailEvent({
  eventName: 'AssociateAccessPolicy',
  at: LATER,
  actor: actor({ name: MALLORY, principalArn: MALLORY }),
  request: {
    policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
    accessScope: { type: 'cluster' },
  },
});

describeDetection(denialsThenGrant, {
  fires: [
    {
      name: 'three denials, and a binding to cluster-admin',
      records: [...three, grant],
      subjects: ['user:bob'],
      says: 'bob was denied 3 times within an hour and then made an admin: ClusterRoleBinding team-admins to cluster-admin.',
    },
    {
      name: 'the same identity on both planes',
      records: [...[1, 2, 3].map((minute) => denied(minute, by('mallory', MALLORY))), association],
      subjects: [`iam:${MALLORY}`],
      says: 'AmazonEKSClusterAdminPolicy for arn:aws:iam::111122223333:role/newcomer',
    },
    {
      name: 'aws-auth written with a row in system:masters',
      records: [
        ...three,
        auditEvent({
          verb: 'update',
          code: 200,
          at: LATER,
          written: { kind: 'aws-auth', awsAuth: awsAuth({ rows: [awsAuthRow({ groups: ['system:masters'] })] }) },
          ...by('bob'),
        }),
      ],
      subjects: ['user:bob'],
    },
    {
      name: 'hundreds of denials follow the grant',
      records: [
        ...three,
        grant,
        ...Array.from({ length: 300 }, () => denied(1, { ...by('bob'), at: '2026-11-20T12:00:00Z' })),
      ],
      subjects: ['user:bob'],
      says: 'bob was denied 3 times within an hour',
    },
    { name: 'the records come in another order', records: [grant, ...three].reverse(), subjects: ['user:bob'] },
  ],
  staysQuiet: [
    { name: 'two denials', records: [...three.slice(1), grant] },
    { name: 'three denials and nothing then', records: three },
    {
      name: 'the grant came first',
      records: [...three, writeOf(binding(), { at: '2026-11-20T07:59:00Z', ...by('bob') })],
    },
    {
      name: 'more than an hour lies between',
      records: [...three, writeOf(binding(), { at: '2026-11-20T09:30:00Z', ...by('bob') })],
    },
    { name: 'somebody else made the grant', records: [...three, writeOf(binding(), { at: LATER, ...by('carol') })] },
    {
      name: 'the binding gives little',
      records: [
        ...three,
        writeOf(binding({ role: { kind: 'ClusterRole', name: 'view' } }), { at: LATER, ...by('bob') }),
      ],
    },
    {
      name: 'a role is written, and bound to nobody',
      records: [...three, writeOf(role(), { at: LATER, ...by('bob') })],
    },
    {
      name: 'the grant was denied, too',
      records: [...three, writeOf(binding(), { at: LATER, code: 403, ...by('bob') })],
    },
    { name: 'the grant was a dry run', records: [...three, { ...grant, dryRun: true }] },
    {
      name: 'strangers were denied, and are nobody',
      records: [
        ...[1, 2, 3].map((minute) => denied(minute, by('system:anonymous'))),
        writeOf(binding(), { at: LATER, ...by('system:anonymous') }),
      ],
    },
  ],
  cannotTell: [
    {
      name: 'the audit log was denied',
      coverage: coverageBut(coverage('audit-log', 'denied')),
      missing: ['audit-log'],
    },
    {
      name: 'CloudTrail was read in part',
      coverage: coverageBut(coverage('cloudtrail', 'partial')),
      status: 'partly-evaluated',
      missing: ['cloudtrail'],
    },
  ],
});
