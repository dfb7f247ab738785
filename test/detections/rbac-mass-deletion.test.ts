import { rbacMassDeletion } from '../../shared/detections/rbac-mass-deletion.ts';
import type { AuditEvent } from '../../shared/model/records.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { deletionOf, role } from '../support/rbac-writes.ts';
import { actor } from '../support/records.ts';

/** One every `seconds`. */
function deletions(count: number, seconds: number, more: Partial<AuditEvent> = {}): readonly AuditEvent[] {
  return Array.from({ length: count }, (_, index) =>
    deletionOf(role({ name: `role-${index}` }), {
      at: new Date(Date.UTC(2026, 10, 20, 8, 0, index * seconds)).toISOString(),
      ...more,
    }),
  );
}
const collection = deletionOf(role({ kind: 'Role', namespace: 'dev' }), {
  verb: 'deletecollection',
  object: { apiGroup: 'rbac.authorization.k8s.io', resource: 'roles', subresource: '', namespace: 'dev', name: null },
});
const controller = {
  user: { username: 'system:serviceaccount:kube-system:namespace-controller', uid: null, groups: [] },
  actor: actor({ kind: 'service-account', principalArn: null }),
};

describeDetection(rbacMassDeletion, {
  fires: [
    {
      name: 'eleven objects went within five minutes',
      records: deletions(12, 20),
      subjects: ['user:platform-admin'],
      severities: ['high'],
      says: 'role/platform-admin deleted 12 roles and bindings within a short time.',
    },
    {
      name: 'a whole collection went',
      records: [collection],
      subjects: ['user:platform-admin'],
      says: 'deleted a whole collection: deletecollection roles in dev.',
    },
  ],
  staysQuiet: [
    { name: 'a small chart is removed', records: deletions(10, 1) },
    { name: 'a dozen went over a day', records: deletions(12, 7200) },
    {
      name: 'two users deleted a few each',
      records: [...deletions(6, 1), ...deletions(6, 1, { user: { username: 'bob', uid: null, groups: [] } })],
    },
    {
      name: 'a namespace is deleted, and Kubernetes empties it',
      records: [...deletions(20, 1, controller), { ...collection, ...controller }],
    },
    {
      name: 'the deletions were refused, or dry runs',
      records: [...deletions(20, 1, { code: 403 }), ...deletions(20, 1, { dryRun: true })],
    },
  ],
  cannotTell: [
    {
      name: 'the audit log is off',
      coverage: coverageBut(coverage('audit-log', 'disabled')),
      missing: ['audit-log'],
    },
    {
      name: 'the audit log was read in part',
      coverage: coverageBut(coverage('audit-log', 'partial')),
      status: 'partly-evaluated',
      missing: ['audit-log'],
    },
  ],
});
