import { aggregationLabelInjected } from '../../shared/detections/aggregation-label-injected.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { policyRule, resolvedRole } from '../support/facts.ts';
import { role, writeOf } from '../support/rbac-writes.ts';
import { actor } from '../support/records.ts';

const SUBJECT = 'role:ClusterRole/-/pod-reader';
const labels = { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' };
const secrets = policyRule({ resources: ['secrets'], verbs: ['get'] });
const widened = resolvedRole({ name: 'pod-reader', labels, rules: [secrets] });
const robot = actor({ kind: 'service-account', name: 'system:serviceaccount:ops:operator', principalArn: null });

describeDetection(aggregationLabelInjected, {
  fires: [
    {
      name: 'Secrets are added to view',
      facts: { roles: [widened] },
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'adds its rules to view by label: get on secrets of core.',
    },
    {
      name: 'bindings are added to two roles at once, beside custom objects',
      facts: {
        roles: [
          {
            ...widened,
            labels: { ...labels, 'rbac.authorization.k8s.io/aggregate-to-admin': 'true' },
            effectiveRules: [
              policyRule({ apiGroups: ['x.example.com'], resources: ['carts'], verbs: ['get'] }),
              policyRule({ apiGroups: ['*'], resources: ['rolebindings'], verbs: ['create'] }),
            ],
          },
        ],
      },
      subjects: [SUBJECT],
      says: 'to admin and view by label: create on rolebindings of every API group.',
    },
    {
      name: 'a record sets the label on a standing role',
      records: [writeOf(role()), writeOf(role({ labels }), { verb: 'patch' })],
      subjects: [SUBJECT],
      says: 'wrote it so',
    },
  ],
  staysQuiet: [
    {
      name: 'an operator adds its own objects',
      facts: {
        roles: [
          {
            ...widened,
            effectiveRules: [policyRule({ apiGroups: ['x.example.com'], resources: ['*'], verbs: ['*'] })],
          },
        ],
      },
    },
    { name: 'Kubernetes ships the role', facts: { roles: [{ ...widened, isDefault: true }] } },
    {
      name: 'the label is switched off, or another',
      facts: {
        roles: [
          { ...widened, labels: { 'rbac.authorization.k8s.io/aggregate-to-view': 'false' } },
          { ...widened, labels: { 'rbac.authorization.k8s.io/aggregate-to-team-view': 'true' } },
        ],
      },
    },
    {
      name: 'the prototype of the labels is not a label',
      facts: { roles: [{ ...widened, labels: {} }] },
    },
    { name: 'a service account writes it', records: [writeOf(role({ labels }), { actor: robot })] },
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
