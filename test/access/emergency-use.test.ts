import { describe, expect, test } from 'vitest';
import { describeEmergencyUse } from '../../shared/access/emergency-use.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { assumption, deletion, ONCALL, seenOnCluster } from '../support/emergency-use.ts';
import { ADMIN_ROLE, access, known } from '../support/facts.ts';
import { actor, auditEvent, cloudTrailEvent } from '../support/records.ts';
import { usage } from '../support/usage.ts';

const report = (more: Parameters<typeof seenOnCluster>[0] = {}, since: string | null = null) =>
  describeEmergencyUse(ADMIN_ROLE, seenOnCluster(more), since);

describe('describeEmergencyUse', () => {
  test('says who, from where, how long, what was done and what is left', () => {
    expect(report()).toEqual({
      principal: ADMIN_ROLE,
      cluster: { arn: 'arn:aws:eks:eu-central-1:111122223333:cluster/payments', name: 'payments' },
      from: '2026-11-20T08:01:00Z',
      to: '2026-11-20T08:40:00Z',
      over: 'expired',
      sessions: [
        {
          name: 'alice',
          by: { name: ONCALL, session: 'alice@example.com' },
          sourceIp: '192.0.2.7',
          from: '2026-11-20T08:00:00Z',
          expiresAt: '2026-11-20T09:00:00Z',
        },
      ],
      sessionsLeft: 0,
      addresses: ['192.0.2.7', '192.0.2.10'],
      logins: 4,
      requests: 2,
      deeds: [
        {
          what: 'delete secrets payments/db',
          count: 2,
          isChange: true,
          isRefused: false,
          evidence: { source: 'audit-log', id: 'a', at: '2026-11-20T08:10:00Z', file: 'audit.ndjson', line: 1 },
        },
      ],
      deedsLeft: 0,
      grant: {
        status: 'stands',
        detail: 'cluster-admin by access-policy AmazonEKSClusterAdminPolicy',
      },
      given: [],
      unseen: [],
    });
  });

  test.each([
    ['credentials still work', { at: '2026-11-20T08:59:59Z' }],
    ['somebody was there a moment ago', { at: '2026-11-20T09:39:59Z', accountRecords: [] }],
    ['nobody was there', { usage: [], records: [] }],
    [
      'another principal was',
      { usage: [usage({ principalArn: ONCALL })], records: [auditEvent({ actor: actor({ principalArn: ONCALL }) })] },
    ],
  ])('says nothing while %s', (_what, more) => {
    expect(report(more)).toBeNull();
  });

  test('goes by quiet where nobody saw when credentials run out', () => {
    expect(report({ accountRecords: [], at: '2026-11-20T09:40:00Z' })).toMatchObject({
      over: 'quiet',
      sessions: [{ name: 'alice', by: null, expiresAt: null, from: '2026-11-20T08:01:00Z' }],
      unseen: ['who assumed the role: no call to AssumeRole was seen, and a session name is chosen by the caller'],
    });
  });

  test('names a user of IAM itself', () => {
    const user = 'arn:aws:iam::111122223333:user/emergency';
    const own = { principalArn: user, username: 'emergency', sessionName: null, lastAt: '2026-11-20T08:40:00Z' };
    const seen = seenOnCluster({ usage: [usage(own)], records: [], accountRecords: [] });

    expect(describeEmergencyUse(user, seen, null)).toMatchObject({
      sessions: [{ name: null, by: { name: user, session: null } }],
      unseen: [],
    });
  });

  test('speaks of what came after the last report alone', () => {
    const later = [deletion('2026-11-20T08:10:00Z', 'a'), deletion('2026-11-20T22:00:00Z', 'c')];

    expect(report({}, '2026-11-20T08:40:00Z')).toBeNull();
    expect(report({ records: later }, '2026-11-20T08:40:00Z')).toMatchObject({
      from: '2026-11-20T22:00:00Z',
      to: '2026-11-20T22:00:00Z',
      deeds: [{ count: 1, evidence: { id: 'c' } }],
      logins: 0,
    });
  });

  test('counts a record that came by itself and in the log as one', () => {
    const records = [deletion('2026-11-20T08:10:00Z', 'a'), deletion('2026-11-20T08:10:00Z', 'a')];

    expect(report({ records, accountRecords: [assumption(), assumption()] })).toMatchObject({
      deeds: [{ count: 1 }],
      sessions: [{ name: 'alice' }],
    });
  });

  test.each([
    ['gone', { access: [] }, { status: 'gone', detail: '' }],
    [
      'not known to be gone',
      { access: [], coverage: coverageBut(coverage('rbac', 'denied')) },
      { status: 'unknown', detail: 'not every source of grants was read' },
    ],
  ])('says of the grant that it is %s', (_how, more, grant) => {
    expect(report(more)?.grant).toEqual(grant);
  });

  test('names whom it gave something that still stands', () => {
    const newcomer = access({
      holder: { kind: 'iam', name: 'arn:aws:iam::111122223333:role/newcomer' },
      principalArn: 'arn:aws:iam::111122223333:role/newcomer',
      grantedBy: known(ADMIN_ROLE),
      since: known('2026-11-20T08:15:00Z'),
    });
    const older = access({ grantedBy: known(ADMIN_ROLE), since: known('2026-11-19T08:15:00Z') });

    expect(report({ access: [older, newcomer] })?.given).toEqual([
      'arn:aws:iam::111122223333:role/newcomer (cluster-admin)',
    ]);
  });

  test('takes the records of both accounts for one session, and names the caller', () => {
    const response = { credentials: { accessKeyId: 'ASIAIOSFODNN7EXAMPLE', expiration: 'Nov 20, 2026, 9:00:00 AM' } };
    const known = assumption({ response });
    const account = actor({ kind: 'account', name: '444455556666', principalArn: null, sessionName: null });
    const ofRole = assumption({ response, eventId: 'assumed-2', actor: account });

    for (const accountRecords of [
      [known, ofRole],
      [ofRole, known],
    ]) {
      expect(report({ accountRecords })?.sessions).toMatchObject([{ by: { name: ONCALL } }]);
    }
    expect(report({ accountRecords: [ofRole] })?.sessions).toMatchObject([{ by: { name: '444455556666' } }]);
  });

  test('says which logs were not read', () => {
    expect(report({ coverage: coverageBut(coverage('audit-log', 'disabled')) })?.unseen).toEqual([
      'audit-log: audit-log was disabled',
    ]);
  });

  test('counts calls to AWS, and what was refused, for themselves', () => {
    const refused = auditEvent({
      at: '2026-11-20T08:05:00Z',
      auditId: 'r',
      decision: 'forbid',
      code: 403,
      actor: actor(),
    });
    const call = cloudTrailEvent({ at: '2026-11-20T08:06:00Z' });

    expect(report({ records: [refused, call] })?.deeds.map(({ what, isRefused }) => [what, isRefused])).toEqual([
      ['eks:CreateAccessEntry arn:aws:iam::111122223333:role/newcomer', false],
      ['list pods payments', true],
    ]);
  });

  test('keeps a report small, whatever others chose as names', () => {
    const long = 'x'.repeat(100_000);
    const usages = Array.from({ length: 50 }, (_, index) => usage({ sessionName: `${index}${long}` }));
    const records = Array.from({ length: 50 }, (_, index) => ({
      ...deletion('2026-11-20T08:10:00Z', `${index}${long}`),
      verb: `${index}${long}`,
    }));
    const large = report({ usage: usages, records, accountRecords: [] });

    expect(large).toMatchObject({ sessionsLeft: 41, deedsLeft: 38 });
    expect(JSON.stringify(large).length).toBeLessThan(20_000);
  });
});
