import { describe, expect, test } from 'vitest';
import { listBusRules } from '../../shared/aws/bus-rules.ts';
import { type AwsAnswer, serveAws } from '../support/aws-answers.ts';

/** EventBridge as it answers each request for a page, by the token that comes with it. */
async function list(answers: Readonly<Record<string, AwsAnswer>>) {
  const { access } = await serveAws(({ body }) => {
    const { NextToken = 'first' } = JSON.parse(body);
    return answers[NextToken] ?? { error: 'ValidationException' };
  });
  return listBusRules(access, 'eu-west-1');
}

const PATTERN = '{"source":["keyholder.test"]}';
const FIRST = { Rules: [{ Name: 'a', State: 'ENABLED', EventPattern: PATTERN }], NextToken: 'second' };
const DENIED = {
  __type: 'AccessDeniedException',
  message: 'because no identity-based policy allows the events:ListRules action',
};

describe('listBusRules', () => {
  test('lists the rules of every page, with what each takes and whether it is on', async () => {
    const second = [
      { Name: 'b', State: 'DISABLED', EventPattern: PATTERN },
      { Name: 'c', State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS', EventPattern: PATTERN },
      { Name: 'd', State: 'ENABLED', ScheduleExpression: 'rate(1 day)' },
    ];

    expect(await list({ first: { body: FIRST }, second: { body: { Rules: second } } })).toEqual([
      { isOn: true, pattern: PATTERN },
      { isOn: false, pattern: PATTERN },
      { isOn: true, pattern: PATTERN },
      { isOn: true, pattern: null },
    ]);
  });

  test('answers with none for a bus without rules', async () => {
    expect(await list({ first: { body: { Rules: [] } } })).toEqual([]);
  });

  test.each([
    ['the first page', { first: { status: 400, body: DENIED } }],
    ['a later page', { first: { body: FIRST }, second: { status: 400, body: DENIED } }],
  ])('takes no part for the whole where %s is denied', async (_page, answers) => {
    await expect(list(answers)).rejects.toMatchObject({
      code: 'read-failed',
      message: 'events:ListRules on region eu-west-1: denied (no identity-based policy allows)',
    });
  });

  test('does not go round in a circle of pages', async () => {
    await expect(list({ first: { body: FIRST }, second: { body: FIRST } })).rejects.toMatchObject({
      message: 'events:ListRules on region eu-west-1: a page led back to an earlier one',
    });
  });
});
