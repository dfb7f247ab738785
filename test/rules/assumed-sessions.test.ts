import { describe, expect, test } from 'vitest';
import { findAssumption } from '../../shared/rules/assumed-sessions.ts';
import { ADMIN_ROLE } from '../support/facts.ts';
import { cloudTrailEvent, login } from '../support/records.ts';

function assumed(expiration: unknown, more: Parameters<typeof cloudTrailEvent>[0] = {}) {
  return cloudTrailEvent({
    eventName: 'AssumeRole',
    eventSource: 'sts.amazonaws.com',
    request: { roleArn: ADMIN_ROLE, roleSessionName: 'alice' },
    response: { credentials: { expiration } },
    ...more,
  });
}

describe('findAssumption', () => {
  test.each([
    ['as CloudTrail prints it', 'Nov 20, 2026, 9:00:00 PM', '2026-11-20T21:00:00Z'],
    ['as it printed it before', 'Nov 20, 2026 9:00:00 AM', '2026-11-20T09:00:00Z'],
    ['with a narrow blank', 'Nov 20, 2026, 12:30:00\u202fAM', '2026-11-20T00:30:00Z'],
    ['in ISO', '2026-11-20T21:00:00Z', '2026-11-20T21:00:00Z'],
    ['in words', 'tomorrow', null],
    ['as a number', 7, null],
  ])('reads until when credentials last, %s', (_how, expiration, expiresAt) => {
    expect(findAssumption(assumed(expiration))).toMatchObject({
      roleArn: ADMIN_ROLE,
      sessionName: 'alice',
      at: '2026-11-20T08:00:00Z',
      expiresAt,
    });
  });

  test('knows sessions that an identity provider began', () => {
    expect(findAssumption(assumed(null, { eventName: 'AssumeRoleWithSAML' }))?.roleArn).toBe(ADMIN_ROLE);
  });

  test.each([
    ['a call that was refused', assumed(null, { succeeded: false })],
    ['another call', assumed(null, { eventName: 'GetCallerIdentity' })],
    ['a call that names no role', assumed(null, { request: {} })],
    ['a login', login()],
  ])('takes %s for none', (_what, record) => {
    expect(findAssumption(record)).toBeNull();
  });
});
