import { admissionWebhookChanged } from '../../shared/detections/admission-webhook-changed.ts';
import type { AuditEvent } from '../../shared/model/records.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { actor, auditEvent } from '../support/records.ts';

const write = (verb: string, more: Partial<AuditEvent> = {}, name: string | null = 'policy') =>
  auditEvent({
    verb,
    object: {
      apiGroup: 'admissionregistration.k8s.io',
      resource: 'validatingwebhookconfigurations',
      subresource: '',
      namespace: null,
      name,
    },
    ...more,
  });
const as = (username: string, kind: 'kubernetes-user' | 'service-account') => ({
  user: { username, uid: null, groups: [] },
  actor: actor({ kind, name: username, principalArn: null }),
});

describeDetection(admissionWebhookChanged, {
  fires: [
    {
      name: 'a person deletes one',
      record: write('delete'),
      subjects: ['webhook:policy'],
      severities: ['medium'],
      says: 'role/platform-admin deleted the validating webhook configuration policy.',
    },
    {
      name: 'a person updates one, which is answered with 200',
      record: write('update'),
      subjects: ['webhook:policy'],
      says: 'changed the validating',
    },
    {
      name: 'a person deletes all of them',
      record: write('deletecollection', {}, null),
      subjects: ['webhook:*'],
      says: 'deleted several validating webhook configurations.',
    },
    {
      name: 'a webhook that EKS would make is made by a customer',
      record: write('create', { code: 201 }, 'pod-identity-webhook'),
      subjects: ['webhook:pod-identity-webhook'],
    },
  ],
  staysQuiet: [
    {
      name: 'an operator renews its certificate',
      record: write('patch', as('system:serviceaccount:cert-manager:cainjector', 'service-account')),
    },
    {
      name: 'EKS makes its own',
      record: write('create', as('eks:pod-identity-mutating-webhook', 'kubernetes-user'), 'pod-identity-webhook'),
    },
    { name: 'one is read', record: write('get') },
    { name: 'it was refused', record: write('delete', { code: 403, decision: 'forbid' }) },
    { name: 'it was a dry run', record: write('create', { dryRun: true }) },
    {
      name: 'an admission policy is written',
      record: write('create', {
        object: {
          apiGroup: 'admissionregistration.k8s.io',
          resource: 'validatingadmissionpolicies',
          subresource: '',
          namespace: null,
          name: 'policy',
        },
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
