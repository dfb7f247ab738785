import { auditEventTruncated } from '../../shared/detections/audit-event-truncated.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { binding, role, writeOf } from '../support/rbac-writes.ts';
import { AWS_AUTH_OBJECT, auditEvent } from '../support/records.ts';

const cut = { truncated: true, written: null } as const;
const configMap = (name: string) => ({ ...AWS_AUTH_OBJECT, name });

describeDetection(auditEventTruncated, {
  fires: [
    {
      name: 'the event of a role is cut',
      record: writeOf(role(), cut),
      subjects: ['role:ClusterRole/-/pod-reader'],
      severities: ['medium'],
      says: 'is cut: create clusterroles pod-reader, by arn:aws:iam::111122223333:role/platform-admin. What it wrote is not known.',
    },
    {
      name: 'the event of a binding of a namespace is cut',
      record: writeOf(binding({ kind: 'RoleBinding', namespace: 'dev' }), { ...cut, verb: 'patch' }),
      subjects: ['binding:RoleBinding/dev/team-admins'],
    },
    {
      name: 'the event of aws-auth is cut',
      record: auditEvent({ ...cut, verb: 'update', object: configMap('aws-auth') }),
      subjects: ['aws-auth'],
    },
    {
      name: 'even the object is cut away',
      record: auditEvent({ ...cut, verb: '', object: null, auditId: null }),
      subjects: ['cluster'],
      says: 'without an id is cut: an object that was cut away as well',
    },
  ],
  staysQuiet: [
    { name: 'the event is whole', record: writeOf(role()) },
    {
      name: 'the event of a large ConfigMap is cut',
      record: auditEvent({ ...cut, verb: 'update', object: configMap('x') }),
    },
    { name: 'the answer to a list of roles is cut', record: writeOf(role(), { ...cut, verb: 'list' }) },
    { name: 'the request was refused', record: writeOf(role(), { ...cut, code: 403 }) },
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
