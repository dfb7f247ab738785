import { secretsListedClusterWide } from '../../shared/detections/secrets-listed-cluster-wide.ts';
import type { AuditEvent } from '../../shared/model/records.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { actor, auditEvent } from '../support/records.ts';

const list = (namespace: string | null, more: Partial<AuditEvent> = {}) =>
  auditEvent({ object: { apiGroup: '', resource: 'secrets', subresource: '', namespace, name: null }, ...more });
const as = (username: string, kind: 'kubernetes-user' | 'service-account') => ({
  user: { username, uid: null, groups: [] },
  actor: actor({ kind, name: username, principalArn: null }),
});

describeDetection(secretsListedClusterWide, {
  fires: [
    {
      name: 'somebody lists those of every namespace',
      record: list(null),
      subjects: ['user:platform-admin'],
      severities: ['high'],
      says: 'role/platform-admin listed the Secrets of every namespace, contents included.',
    },
    {
      name: 'somebody lists those of kube-system',
      record: list('kube-system'),
      subjects: ['user:platform-admin'],
      says: 'the Secrets of kube-system',
    },
    {
      name: 'somebody who comes by no IAM mapping lists them',
      record: list(null, as('oidc:alice', 'kubernetes-user')),
      subjects: ['user:oidc:alice'],
    },
    {
      name: 'a customer calls himself the controller manager',
      record: list(null, { user: { username: 'system:kube-controller-manager', uid: null, groups: [] } }),
      subjects: ['user:system:kube-controller-manager'],
    },
  ],
  staysQuiet: [
    { name: 'those of one namespace are listed', record: list('payments') },
    {
      name: 'a backup controller lists them',
      record: list(null, as('system:serviceaccount:velero:velero', 'service-account')),
    },
    { name: 'the API server lists them', record: list(null, as('system:apiserver', 'kubernetes-user')) },
    { name: 'EKS lists them', record: list(null, as('eks:kms-storage-migrator', 'kubernetes-user')) },
    { name: 'it was refused', record: list(null, { code: 403, decision: 'forbid' }) },
    { name: 'one is read', record: list(null, { verb: 'get' }) },
    {
      name: 'objects of another group have the name',
      record: list(null, {
        object: { apiGroup: 'x.example.com', resource: 'secrets', subresource: '', namespace: null, name: null },
      }),
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
