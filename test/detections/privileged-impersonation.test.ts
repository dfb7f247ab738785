import { privilegedImpersonation } from '../../shared/detections/privileged-impersonation.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { resolvedBinding, subject } from '../support/facts.ts';
import { actor, auditEvent } from '../support/records.ts';

const SUBJECT = 'user:platform-admin';
const as = (username: string, ...groups: readonly string[]) => auditEvent({ impersonated: { username, groups } });

describeDetection(privilegedImpersonation, {
  fires: [
    {
      name: 'somebody joins system:masters under any name',
      record: as('alice', 'system:masters', 'system:authenticated'),
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'role/platform-admin acted as alice in group system:masters: list pods in payments.',
    },
    { name: 'somebody acts as the creator', record: as('kubernetes-admin'), subjects: [SUBJECT] },
    { name: 'somebody acts as a node', record: as('system:node:ip-10-0-0-1'), subjects: [SUBJECT] },
    {
      name: 'somebody acts as a controller of kube-system',
      record: as('system:serviceaccount:kube-system:clusterrole-aggregation-controller'),
      subjects: [SUBJECT],
    },
    {
      name: 'the group that is taken on is bound to an admin role',
      record: as('alice', 'ops'),
      facts: { bindings: [resolvedBinding({ subjects: [subject('Group', 'ops')] })] },
      subjects: [SUBJECT],
      says: 'alice, who is an admin',
    },
    {
      name: 'a customer calls himself EKS',
      record: { ...as('kubernetes-admin'), user: { username: 'eks:x', uid: null, groups: [] } },
      subjects: ['user:eks:x'],
    },
  ],
  staysQuiet: [
    { name: 'an ordinary user is taken on', record: as('bob', 'developers') },
    { name: 'it was refused', record: { ...as('bob', 'system:masters'), code: 403, decision: 'forbid' } },
    {
      name: 'EKS does it',
      record: {
        ...as('kubernetes-admin'),
        user: { username: 'eks-event-service:event-controller', uid: null, groups: [] },
        actor: actor({ kind: 'kubernetes-user', principalArn: null }),
      },
    },
    { name: 'nobody is impersonated', record: auditEvent() },
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
