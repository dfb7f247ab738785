import { execInKubeSystem } from '../../shared/detections/exec-in-kube-system.ts';
import type { AuditEvent } from '../../shared/model/records.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { actor, auditEvent } from '../support/records.ts';

const pod = (namespace: string, subresource: string) => ({
  apiGroup: '',
  resource: 'pods',
  subresource,
  namespace,
  name: 'coredns-1',
});
const exec = (more: Partial<AuditEvent> = {}) =>
  auditEvent({ verb: 'create', code: 101, stage: 'ResponseStarted', object: pod('kube-system', 'exec'), ...more });

describeDetection(execInKubeSystem, {
  fires: [
    {
      name: 'somebody runs a command',
      record: exec(),
      subjects: ['user:platform-admin'],
      severities: ['medium'],
      says: 'role/platform-admin used exec on pod kube-system/coredns-1.',
    },
    { name: 'over a WebSocket it is a get', record: exec({ verb: 'get' }), subjects: ['user:platform-admin'] },
    {
      name: 'somebody attaches',
      record: exec({ object: pod('kube-system', 'attach') }),
      subjects: ['user:platform-admin'],
    },
    {
      name: 'a service account does it',
      record: exec({
        user: { username: 'system:serviceaccount:ci:deployer', uid: null, groups: [] },
        actor: actor({ kind: 'service-account', name: 'system:serviceaccount:ci:deployer', principalArn: null }),
      }),
      subjects: ['user:system:serviceaccount:ci:deployer'],
    },
  ],
  staysQuiet: [
    { name: 'the pod is in another namespace', record: exec({ object: pod('payments', 'exec') }) },
    { name: 'its logs are read', record: exec({ verb: 'get', object: pod('kube-system', 'log') }) },
    { name: 'it was refused', record: exec({ code: 403, decision: 'forbid' }) },
    { name: 'the pod was not there', record: exec({ code: 404 }) },
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
