import { describe, expect, test } from 'vitest';
import type { PathRule } from '../../shared/model/alert-path.ts';
import { readPathHealth } from '../../shared/pipeline/path-health.ts';
import { describePathMetrics } from '../../shared/pipeline/path-metrics.ts';
import { eventSourceOf } from '../../shared/rules/path-rules.ts';
import { createAlertWay } from '../support/alert-way.ts';

const PLACE = { account: '444455556666', region: 'us-east-1' };
const RULES = ['eks', 'logs', 'cloudtrail', 'iam', 'log-batch'] as const;
const QUESTION = { places: [PLACE], accounts: ['444455556666'], breakGlass: [], now: '2026-11-22T03:00:00Z' };
const DEPLOYED = { stage: 'prod', now: '2026-11-22T03:10:00Z' };

async function sing(rules: readonly PathRule[]) {
  const way = createAlertWay();
  for (const rule of rules) {
    const detail = { eventSource: eventSourceOf(rule), eventName: 'KeyholderTest', purpose: 'canary' };
    await way.bring({ ...PLACE, source: 'keyholder.test', detail });
  }
  return way;
}

describe('readPathHealth', () => {
  test('finds every place heard whose canaries came to the other end', async () => {
    const way = await sing(RULES);
    await way.publish();

    expect(await readPathHealth(QUESTION, { rows: way.ports.store, home: null })).toEqual({
      status: 'checked',
      places: 1,
      silent: [],
      letters: [],
    });
  });

  test('finds a place silent whose canaries came home and no further', async () => {
    const way = await sing(RULES);
    const health = await readPathHealth(QUESTION, { rows: way.ports.store, home: null });

    expect(health).toMatchObject({ silent: [{ ...PLACE, rules: RULES, lastHeardAt: null }] });
    expect(describePathMetrics(health, DEPLOYED)).toMatchObject({
      Stage: 'prod',
      CanariesMissing: 1,
      silent: [PLACE],
    });
  });

  test.each([
    ['arn:aws:iam::444455556666:role/team/emergency', ['sts']],
    ['arn:aws:sts::444455556666:assumed-role/emergency/alice', ['sts']],
    ['arn:aws:iam::444455556666:user/emergency', undefined],
    ['arn:aws:iam::111122223333:role/emergency', undefined],
    ['emergency', undefined],
  ])('asks for the rule of emergencies where %s is declared', async (principal, rules) => {
    const way = await sing(RULES);
    await way.publish();
    const question = { ...QUESTION, breakGlass: [{ principal, clusters: [] }] };
    const health = await readPathHealth(question, { rows: way.ports.store, home: null });

    expect(health).toMatchObject({ silent: rules === undefined ? [] : [{ ...PLACE, rules }] });
  });

  test('believes no canary that anybody puts on the bus of the account, where its own rule is off', async () => {
    const way = createAlertWay(['EksCalls']);
    const marked = RULES.map((rule) => ({
      source: 'keyholder.test',
      detailType: 'Keyholder test',
      detail: JSON.stringify({ eventSource: eventSourceOf(rule), eventName: 'KeyholderTest', purpose: 'canary' }),
    }));
    await way.put(PLACE, marked);
    await way.publish();

    expect(await readPathHealth(QUESTION, { rows: way.ports.store, home: null })).toMatchObject({
      silent: [{ ...PLACE, rules: ['eks', 'log-batch'] }],
    });
  });

  test('tells of dead letters as long as they stand, and of no account that is gone', async () => {
    const way = await sing([]);
    const detail = { alarmName: 'keyholder-member-dead-letters', state: { value: 'ALARM' } };
    await way.bring({ ...PLACE, source: 'aws.cloudwatch', detail });
    await way.bring({ ...PLACE, account: '111122223333', source: 'aws.cloudwatch', detail });

    expect(await readPathHealth(QUESTION, { rows: way.ports.store, home: null })).toMatchObject({
      letters: [{ ...PLACE, since: '2026-11-21T08:05:00Z' }],
    });
  });

  test('says that nobody knows when the table cannot be read, and gives no number', async () => {
    const list = () => Promise.reject(new Error('dynamodb:Query on table keyholder: denied'));
    const health = await readPathHealth(QUESTION, { rows: { list }, home: null });

    expect(health).toEqual({ status: 'unread', reason: 'dynamodb:Query on table keyholder: denied' });
    expect(describePathMetrics(health, DEPLOYED)).not.toHaveProperty('CanariesMissing');
  });

  test('asks nothing where none are expected', async () => {
    const health = await readPathHealth(QUESTION, null);

    expect(health).toEqual({ status: 'off' });
    expect(describePathMetrics(health, DEPLOYED)).toBeNull();
  });
});
