import { describe, expect, test } from 'vitest';
import { ref } from '../support/coverage.ts';
import { ADMIN, type Lockout, lockoutFacts, planFor, planLockout } from '../support/lockouts.ts';
import { actor, cloudTrailEvent } from '../support/records.ts';

const LOST: Lockout = {
  mode: 'CONFIG_MAP',
  creator: 'unknown',
  entries: 'none',
  awsAuth: 'good',
  caller: 'administrator',
};
const developers = actor({
  name: 'arn:aws:iam::111122223333:role/developers',
  principalArn: 'arn:aws:iam::111122223333:role/developers',
});
const AT = '2026-11-20T16:40:00Z';
const EVENT = ref('cloudtrail', { file: 'trail.json', line: 12, at: AT });

/** A call of the developers beside what the lockout shows. */
function planAfter(lockout: Lockout, call: Parameters<typeof cloudTrailEvent>[0]) {
  const facts = lockoutFacts(lockout);
  const event = cloudTrailEvent({ at: AT, actor: developers, evidence: EVENT, ...call });
  return planFor({ ...facts, records: [...facts.records, event] }, null);
}

describe('listChanges', () => {
  test('names the deletion of aws-auth, by whom and where it is on record', () => {
    const plan = planLockout({ ...LOST, mode: 'API_AND_CONFIG_MAP', awsAuth: 'deleted' });

    expect(plan.summary).toBe(
      'Locked out since 2026-11-20T16:43:00Z: role/developers deleted the ConfigMap aws-auth (audit.ndjson:2).',
    );
    expect(plan.cause).toMatchObject({
      kind: 'aws-auth-deleted',
      affected: ['arn:aws:iam::111122223333:role/payments-nodes', 'arn:aws:iam::111122223333:role/legacy-admin'],
    });
  });

  test('names the write that broke aws-auth', () => {
    const { summary, state } = planLockout({ ...LOST, creator: 'present', awsAuth: 'broken' });

    expect(state).toBe('degraded');
    expect(summary).toBe(
      'Degraded since 2026-11-20T16:43:00Z: role/developers wrote aws-auth so that the authenticator drops part of it (audit.ndjson:2).',
    );
  });

  test('names the deleted access entry', () => {
    const plan = planAfter(
      { ...LOST, mode: 'API', creator: 'gone' },
      { eventName: 'DeleteAccessEntry', principalArn: ADMIN },
    );

    expect(plan.summary).toBe(
      'Locked out since 2026-11-20T16:40:00Z: role/developers deleted the access entry of role/platform-admin (trail.json:12).',
    );
  });

  test('names the role that was deleted under its entry', () => {
    const plan = planAfter(
      { ...LOST, mode: 'API', entries: 'orphaned' },
      { eventName: 'DeleteRole', eventSource: 'iam.amazonaws.com', principalArn: ADMIN },
    );

    expect(plan.cause).toMatchObject({
      kind: 'principal-deleted',
      at: AT,
      summary: 'role/developers deleted role/platform-admin',
      evidence: [EVENT],
    });
  });

  test('names the role that was re-created under its entry', () => {
    const plan = planLockout({ ...LOST, mode: 'API', entries: 'dead' });

    expect(plan.cause).toMatchObject({ kind: 'principal-recreated', at: '2026-10-01T08:00:00Z' });
  });

  test('passes over a call that was refused', () => {
    const plan = planAfter(
      { ...LOST, mode: 'API', creator: 'gone' },
      { eventName: 'DeleteAccessEntry', principalArn: ADMIN, succeeded: false, errorCode: 'AccessDenied' },
    );

    expect(plan.changes).toEqual([]);
    expect(plan.summary).toContain('no record shows since when');
  });
});
