import { anonymousProbing } from '../../shared/detections/anonymous-probing.ts';
import type { AuditEvent } from '../../shared/model/records.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { actor, auditEvent } from '../support/records.ts';

const stranger = { user: { username: 'system:anonymous', uid: null, groups: ['system:unauthenticated'] } };

/** One every `seconds`. */
function probes(count: number, seconds: number, more: Partial<AuditEvent> = {}): readonly AuditEvent[] {
  return Array.from({ length: count }, (_, index) =>
    auditEvent({
      ...stranger,
      code: 403,
      decision: 'forbid',
      at: new Date(Date.UTC(2026, 10, 20, 8, 0, index * seconds)).toISOString(),
      actor: actor({ sourceIp: '203.0.113.9', principalArn: null }),
      ...more,
    }),
  );
}

describeDetection(anonymousProbing, {
  fires: [
    {
      name: 'ten refusals came from one address within five minutes',
      facts: {},
      records: probes(12, 30),
      subjects: ['user:system:anonymous'],
      severities: ['low'],
      says: 'refused 12 times from 203.0.113.9.',
    },
    {
      name: 'two addresses did so, one of them before anybody knew who called',
      records: [
        ...probes(10, 1),
        ...probes(10, 1, {
          code: 401,
          user: { username: '', uid: null, groups: [] },
          actor: actor({ sourceIp: '198.51.100.7', principalArn: null }),
        }),
      ],
      subjects: ['user:system:anonymous'],
      says: 'refused 10 times from 203.0.113.9, and from 1 more.',
    },
    {
      name: 'the records have no times and no address',
      records: probes(10, 0, { at: null, actor: actor({ sourceIp: null }) }),
      subjects: ['user:system:anonymous'],
      says: 'from an address that is not recorded',
    },
  ],
  staysQuiet: [
    { name: 'nine refusals came', records: probes(9, 1) },
    { name: 'ten refusals came over an hour', records: probes(10, 360) },
    {
      name: 'ten addresses were refused once each',
      records: probes(10, 1).map((event, index) => ({ ...event, actor: actor({ sourceIp: `192.0.2.${index}` }) })),
    },
    { name: 'the requests were allowed', records: probes(20, 1, { code: 200, decision: 'allow' }) },
    {
      name: 'somebody who is logged in lacks rights',
      records: probes(20, 1, { user: { username: 'alice', uid: null, groups: ['system:authenticated'] } }),
    },
    {
      name: 'a load balancer is refused at its health check',
      records: probes(20, 1, { actor: actor({ userAgent: 'ELB-HealthChecker/2.0', sourceIp: '10.0.0.7' }) }),
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
