import { anonymousRequestAllowed } from '../../shared/detections/anonymous-request-allowed.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { cluster } from '../support/facts.ts';
import { actor, auditEvent } from '../support/records.ts';

const SUBJECT = 'user:system:anonymous';
const stranger = {
  user: { username: 'system:anonymous', uid: null, groups: ['system:unauthenticated'] },
  actor: actor({ kind: 'kubernetes-user', name: 'system:anonymous', principalArn: null, sourceIp: '203.0.113.9' }),
};
const reading = auditEvent(stranger);
const path = (requestUri: string, more: Parameters<typeof auditEvent>[0] = {}) =>
  auditEvent({ ...stranger, verb: 'get', object: null, requestUri, ...more });
const older = { cluster: cluster({ version: '1.31' }), anonymousRefused: false };

describeDetection(anonymousRequestAllowed, {
  fires: [
    {
      name: 'an object was read, by the record alone',
      records: [reading],
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'A caller without credentials at 203.0.113.9 was allowed to list pods in payments.',
    },
    {
      name: 'an object was made by a user of that name in any groups',
      facts: older,
      records: [
        auditEvent({
          ...stranger,
          user: { ...stranger.user, groups: ['system:masters', 'system:authenticated'] },
          verb: 'create',
          code: 201,
          object: { apiGroup: '', resource: 'namespaces', subresource: '', namespace: null, name: 'foo' },
        }),
      ],
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'create namespaces foo',
    },
    {
      name: 'version and discovery alone were asked for',
      records: [path('/version?timeout=32s'), path('/apis/apps/v1'), path('/')],
      subjects: [SUBJECT],
      severities: ['low'],
      says: 'get /version, and 2 more.',
    },
    {
      name: 'the worst of several is told',
      facts: older,
      records: [path('/api'), reading, path('/openapi/v2')],
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'list pods in payments, and 2 more.',
    },
    {
      name: 'a path that is no discovery counts as much as an object',
      records: [path('/metrics')],
      subjects: [SUBJECT],
      severities: ['high'],
    },
    {
      name: 'Kubernetes 1.32 should have refused it',
      facts: {},
      records: [reading],
      subjects: [SUBJECT],
      severities: ['critical'],
      says: 'Kubernetes 1.33 should have refused it.',
    },
    {
      name: 'discovery on Kubernetes 1.32 is two steps lower',
      facts: {},
      records: [path('/version')],
      subjects: [SUBJECT],
      severities: ['info'],
    },
    {
      name: 'a probe asks for more than discovery',
      records: [auditEvent({ ...stranger, actor: actor({ userAgent: 'kube-probe/1.31', sourceIp: '10.0.0.7' }) })],
      subjects: [SUBJECT],
      severities: ['high'],
    },
    {
      name: 'somebody outside says that he is a load balancer',
      records: [path('/version', { actor: actor({ userAgent: 'ELB-HealthChecker/2.0', sourceIp: '203.0.113.9' }) })],
      subjects: [SUBJECT],
      severities: ['low'],
    },
  ],
  staysQuiet: [
    { name: 'health was asked for', records: [path('/healthz'), path('/livez/ping'), path('/readyz?verbose')] },
    { name: 'the request was refused', records: [auditEvent({ ...stranger, code: 403, decision: 'forbid' })] },
    { name: 'nobody knew the caller', records: [auditEvent({ ...stranger, code: 401, decision: null })] },
    {
      name: 'a load balancer or a kubelet looks whether the server lives',
      records: [
        path('/version', { actor: actor({ userAgent: 'ELB-HealthChecker/2.0', sourceIp: '10.0.0.7' }) }),
        path('/', { actor: actor({ userAgent: 'kube-probe/1.31', sourceIp: '172.16.3.4' }) }),
      ],
    },
    { name: 'somebody who is logged in reads', records: [auditEvent()] },
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
