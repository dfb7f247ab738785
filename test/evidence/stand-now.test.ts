import { describe, expect, test } from 'vitest';
import { standNow, standUnread } from '../../shared/evidence/stand-now.ts';
import type { Happening } from '../../shared/model/happening.ts';
import type { AuditEvent } from '../../shared/model/records.ts';
import { coverage } from '../support/coverage.ts';
import { clusterEvidence } from '../support/evidence.ts';
import { accountOf, iamRole, iamUser, roleArn, userArn } from '../support/iam.ts';
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

const TEAM = 'arn:aws:iam::111122223333:policy/team';
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const ACCOUNT = { ...accountOf([iamRole('ops'), iamUser('alice')]), coverage: [coverage('iam')] };

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
    [
      'a version of a policy whose text nobody read',
      { eventName: 'SetDefaultPolicyVersion', request: { policyArn: TEAM, versionId: 'v7' }, principalArn: null },
      'the version of policy team that SetDefaultPolicyVersion chose',
    ],
    [
      'a policy whose text nobody read',
      { eventName: 'AttachRolePolicy', request: { policyArn: TEAM }, principalArn: roleArn('ops') },
      'the text of policy team (AttachRolePolicy)',
    ],
    [
      'a policy of somebody whom it did not have',
      { eventName: 'AttachUserPolicy', request: { policyArn: ADMINISTRATOR }, principalArn: userArn('mallory') },
      'AttachUserPolicy on arn:aws:iam::111122223333:user/mallory, which it did not have',
    ],
    [
      'a group of which it knows nothing',
      { eventName: 'AddUserToGroup', request: { groupName: 'ops', userName: 'alice' }, principalArn: userArn('alice') },
      'AddUserToGroup: policies of group ops',
    ],
  ])('trusts IAM only in part after %s, and asks for another read', (_name, call, doubt) => {
    const record = cloudTrailEvent({ eventSource: 'iam.amazonaws.com', ...call });
    const at = '2026-11-21T08:00:00Z';
    const nothing = standUnread(ARN, null);
    const evidence = { ...nothing.evidence, accounts: [ACCOUNT] };

    const standing = standNow({ ...nothing, evidence }, READ_AT, [{ clusterArn: ARN, id: ID, at, record }]);

    expect(standing.evidence.accounts[0]?.coverage).toMatchObject([
      { source: 'iam', status: 'partial', reason: `changed after it was read: ${doubt}` },
    ]);
    expect(standing.unknown).toContain(doubt);
  });

  test('counts a policy that is not understood, which no other read would make clearer', () => {
    const request = { policyName: 'own', policyDocument: '{"Statement":[{"Effect":"Allow"}]}' };
    const record = cloudTrailEvent({
      eventSource: 'iam.amazonaws.com',
      eventName: 'PutRolePolicy',
      request,
      principalArn: roleArn('ops'),
    });
    const at = '2026-11-21T08:00:00Z';
    const nothing = standUnread(ARN, null);
    const evidence = { ...nothing.evidence, accounts: [ACCOUNT] };

    const standing = standNow({ ...nothing, evidence, unknown: [] }, READ_AT, [
      { clusterArn: ARN, id: ID, at, record },
    ]);

    const reason =
      'a policy of PutRolePolicy that is not understood: statement 1: expected Action or NotAction, one of them';
    expect(standing.evidence.accounts[0]?.coverage).toMatchObject([
      {
        status: 'partial',
        reason: `changed after it was read: ${reason}`,
        skipped: 1,
        skips: [{ reason, count: 1, sample: request.policyDocument }],
      },
    ]);
    expect(standing.evidence.accounts[0]?.iam?.roles[0]?.unreadPolicies).toEqual(['own']);
    expect(standing.unknown).toEqual([]);
  });

  test('asks for another read where a nightly run has been missed', () => {
    const standing = { ...standUnread(ARN, null), cluster: clusterEvidence(), unknown: [] };

    expect(standNow(standing, READ_AT, [happening('2026-11-22T01:59:00Z')]).unknown).toEqual([]);
    expect(standNow(standing, READ_AT, [happening('2026-11-22T02:01:00Z')]).unknown).toEqual([
      `the snapshot is of ${READ_AT}`,
    ]);
  });
});
