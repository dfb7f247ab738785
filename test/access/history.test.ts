import { describe, expect, test } from 'vitest';
import { type History, readHistory } from '../../shared/access/history.ts';
import type { Creator } from '../../shared/model/access.ts';
import type { Coverage } from '../../shared/model/coverage.ts';
import type { EvidenceRecord } from '../../shared/model/records.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import {
  accessEntry,
  associatedPolicy,
  awsAuth,
  awsAuthRow,
  cluster,
  resolvedBinding,
  subject,
} from '../support/facts.ts';
import { actor, auditEvent, cloudTrailEvent } from '../support/records.ts';

const ROLE = 'arn:aws:iam::111122223333:role/platform-admin';
const PIPELINE = 'arn:aws:iam::111122223333:role/pipeline';
const pipeline = actor({ name: PIPELINE, principalArn: PIPELINE });
const window = { from: '2026-08-23T00:00:00Z', to: '2026-11-21T00:00:00Z' };
const readInPart = coverageBut(
  coverage('cloudtrail', 'partial', { window }),
  coverage('audit-log', 'partial', { window }),
);
const creator: Creator = {
  principalArn: PIPELINE,
  confidence: 'proven',
  exists: true,
  candidates: [PIPELINE],
  evidence: [],
  reason: 'the CreateCluster record names it',
};

function history(records: readonly EvidenceRecord[], rows: readonly Coverage[] = readInPart): History {
  return readHistory({ cluster: cluster({ bootstrapCreatorAdmin: true }), creator, records, coverage: rows });
}

const association = cloudTrailEvent({
  eventName: 'AssociateAccessPolicy',
  at: '2026-09-01T00:00:00Z',
  principalArn: ROLE,
  actor: pipeline,
  request: { policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy' },
});

describe('readHistory of an access policy', () => {
  test('takes the time from EKS and the giver from CloudTrail', () => {
    const { since, grantedBy } = history([association]).ofPolicy(accessEntry(), associatedPolicy());

    expect([since.value, grantedBy.value]).toEqual(['2026-08-23T10:00:00Z', PIPELINE]);
  });

  test('does not take the call that associated another policy', () => {
    const other = associatedPolicy({ name: 'AmazonEKSViewPolicy' });

    expect(history([association]).ofPolicy(accessEntry(), other).grantedBy).toMatchObject({
      value: null,
      status: 'none-seen',
      seenFrom: '2026-08-23T00:00:00Z',
    });
  });

  test('says that CloudTrail was not read', () => {
    const rows = coverageBut(coverage('cloudtrail', 'denied', { reason: 'AccessDenied on cloudtrail:LookupEvents' }));

    expect(history([], rows).ofPolicy(accessEntry(), associatedPolicy()).grantedBy).toEqual({
      value: null,
      status: 'not-readable',
      seenFrom: null,
      reason: 'cloudtrail: AccessDenied on cloudtrail:LookupEvents',
    });
  });

  test('knows the entry that EKS makes for the creator', () => {
    const entry = accessEntry({ createdAt: '2026-03-02T09:18:00Z' });

    expect(history([]).ofPolicy(entry, associatedPolicy()).grantedBy).toMatchObject({
      value: PIPELINE,
      reason: 'EKS makes the creator an admin when the cluster is created',
    });
  });
});

describe('readHistory of an aws-auth row', () => {
  const write = (at: string, arns: readonly string[]) =>
    auditEvent({
      at,
      verb: 'patch',
      actor: pipeline,
      written: {
        kind: 'aws-auth',
        awsAuth: awsAuth({ rows: arns.map((arn) => awsAuthRow({ arn, groups: ['system:masters'] })) }),
      },
    });

  test('finds the write that brought the row', () => {
    const records = [
      write('2026-09-01T00:00:00Z', []),
      write('2026-09-02T00:00:00Z', [ROLE]),
      write('2026-09-03T00:00:00Z', [ROLE]),
    ];

    const { since, grantedBy } = history(records).ofRow(ROLE, 'system:masters');

    expect([since.value, grantedBy.value]).toEqual(['2026-09-02T00:00:00Z', PIPELINE]);
  });

  test('does not guess when the oldest write it knows already has the row', () => {
    expect(history([write('2026-09-03T00:00:00Z', [ROLE])]).ofRow(ROLE, 'system:masters').since).toMatchObject({
      value: null,
      status: 'none-seen',
      seenFrom: '2026-08-23T00:00:00Z',
    });
  });

  test('counts from the last time that the row came back', () => {
    const records = [[], [ROLE], [], [ROLE]].map((arns, day) => write(`2026-09-0${day + 1}T00:00:00Z`, arns));

    expect(history(records).ofRow(ROLE, null).since.value).toBe('2026-09-04T00:00:00Z');
  });

  test.each([
    ['a dry run', { dryRun: true }],
    ['a refused write', { code: 403 }],
  ])('ignores %s', (_name, more) => {
    const records = [write('2026-09-01T00:00:00Z', []), { ...write('2026-09-02T00:00:00Z', [ROLE]), ...more }];

    expect(history(records).ofRow(ROLE, null).since.value).toBeNull();
  });
});

describe('readHistory of a binding', () => {
  const binding = resolvedBinding({ name: 'admins', createdAt: '2026-04-01T00:00:00Z' });
  const alice = subject('User', 'alice');
  const bob = subject('User', 'bob');
  const write = (at: string, verb: string, subjects = [alice]) =>
    auditEvent({ at, verb, actor: pipeline, written: { kind: 'binding', binding: { ...binding, subjects } } });

  test('takes the creation that already had the subject', () => {
    const { since, grantedBy } = history([write('2026-09-01T00:00:00Z', 'create')]).ofBinding(binding, alice);

    expect([since.value, grantedBy.value]).toEqual(['2026-09-01T00:00:00Z', PIPELINE]);
  });

  test('takes the patch that added the subject later', () => {
    const records = [
      write('2026-09-01T00:00:00Z', 'create', [bob]),
      write('2026-09-05T00:00:00Z', 'patch', [bob, alice]),
    ];

    expect(history(records).ofBinding(binding, alice).since.value).toBe('2026-09-05T00:00:00Z');
  });

  test('falls back on the age of the binding, with nobody named', () => {
    const { since, grantedBy } = history([]).ofBinding(binding, alice);

    expect(since.value).toBe('2026-04-01T00:00:00Z');
    expect(grantedBy.status).toBe('none-seen');
  });
});
