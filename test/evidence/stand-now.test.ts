import { describe, expect, test } from 'vitest';
import { standNow, standUnread } from '../../shared/evidence/stand-now.ts';
import type { Happening } from '../../shared/model/happening.ts';
import type { AuditEvent } from '../../shared/model/records.ts';
import { coverage } from '../support/coverage.ts';
import { clusterEvidence } from '../support/evidence.ts';
import { accountOf } from '../support/iam.ts';
import { auditEvent, cloudTrailEvent } from '../support/records.ts';

const ARN = 'arn:aws:eks:eu-west-1:111122223333:cluster/payments';
const READ_AT = '2026-11-21T00:00:00Z';
const ID = '00000000-0000-4000-8000-000000000001';

function event(at: string): AuditEvent {
  return auditEvent({ at, auditId: ID, evidence: { source: 'audit-log', id: ID, at, file: null, line: 0 } });
}

function happening(at: string): Happening {
  return { clusterArn: ARN, id: ID, at, record: event(at) };
}

function timesAfter(read: readonly AuditEvent[], happened: readonly Happening[]) {
  const cluster = clusterEvidence({ audit: read });
  const { cluster: standing } = standNow({ ...standUnread(ARN, null), cluster, unknown: [] }, READ_AT, happened);
  return standing.audit.map(({ at }) => at);
}

describe('standNow', () => {
  test('takes an event that the read has already for the same', () => {
    const at = '2026-11-20T23:00:00Z';

    expect(timesAfter([event(at)], [happening(at)])).toEqual([at]);
  });

  test('adds an event whose id a client took from one that was read', () => {
    const [read, later] = ['2026-11-20T23:00:00Z', '2026-11-21T08:00:00Z'];

    expect(timesAfter([event(read)], [happening(later)])).toEqual([read, later]);
  });

  test.each([
    ['CreatePolicyVersion', { policyDocument: '{"Statement":{"Effect":"Allow","Action":"eks:*"}}' }],
    ['AddUserToGroup', { groupName: 'ops', userName: 'alice' }],
  ])('trusts IAM only in part after %s, of which it does not know whom it reaches', (eventName, request) => {
    const record = cloudTrailEvent({ eventSource: 'iam.amazonaws.com', eventName, request, principalArn: null });
    const at = '2026-11-21T08:00:00Z';
    const nothing = standUnread(ARN, null);
    const evidence = { ...nothing.evidence, accounts: [{ ...accountOf([]), coverage: [coverage('iam')] }] };

    const standing = standNow({ ...nothing, evidence }, READ_AT, [{ clusterArn: ARN, id: ID, at, record }]);

    expect(standing.evidence.accounts[0]?.coverage).toMatchObject([
      { source: 'iam', status: 'partial', reason: `changed after it was read: ${eventName}` },
    ]);
  });

  test('asks for another read where a nightly run has been missed', () => {
    const standing = { ...standUnread(ARN, null), cluster: clusterEvidence(), unknown: [] };

    expect(standNow(standing, READ_AT, [happening('2026-11-22T01:59:00Z')]).unknown).toEqual([]);
    expect(standNow(standing, READ_AT, [happening('2026-11-22T02:01:00Z')]).unknown).toEqual([
      `the snapshot is of ${READ_AT}`,
    ]);
  });
});
