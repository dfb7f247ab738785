/** A break-glass role in use on a cluster: assumed by alice at 08:00 for an hour, seen at work until 08:40, but for what the test names. */
import type { SeenOnCluster } from '../../shared/access/emergency-use.ts';
import type { CloudTrailEvent } from '../../shared/model/records.ts';
import { coverageBut } from './coverage.ts';
import { ADMIN_ROLE, access, cluster } from './facts.ts';
import { actor, auditEvent, cloudTrailEvent } from './records.ts';
import { usage } from './usage.ts';

export const ONCALL = 'arn:aws:iam::111122223333:role/oncall';

export function assumption(more: Partial<CloudTrailEvent> = {}): CloudTrailEvent {
  return cloudTrailEvent({
    eventName: 'AssumeRole',
    eventSource: 'sts.amazonaws.com',
    eventId: 'assumed-1',
    clusterName: null,
    principalArn: null,
    readOnly: true,
    actor: actor({ principalArn: ONCALL, name: ONCALL, sessionName: 'alice@example.com', sourceIp: '192.0.2.7' }),
    request: { roleArn: ADMIN_ROLE, roleSessionName: 'alice' },
    response: { credentials: { expiration: 'Nov 20, 2026, 9:00:00 AM' } },
    ...more,
  });
}

export function seenOnCluster(more: Partial<SeenOnCluster> = {}): SeenOnCluster {
  return {
    cluster: cluster(),
    access: [access()],
    coverage: coverageBut(),
    usage: [usage({ count: 4, firstAt: '2026-11-20T08:01:00Z', lastAt: '2026-11-20T08:40:00Z' })],
    records: [deletion('2026-11-20T08:10:00Z', 'a'), deletion('2026-11-20T08:20:00Z', 'b')],
    accountRecords: [assumption()],
    at: '2026-11-21T03:00:00Z',
    ...more,
  };
}

export function deletion(at: string, auditId: string) {
  const object = { apiGroup: '', resource: 'secrets', subresource: '', namespace: 'payments', name: 'db' };
  const evidence = { source: 'audit-log', id: auditId, at, file: 'audit.ndjson', line: 1 } as const;
  return auditEvent({ at, auditId, verb: 'delete', object, actor: actor(), evidence });
}
