import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldsAt, isText, listed, readYaml } from '../../scripts/templates.ts';
import { listTestEvents, parseCanaryRequest, parsePathEvent } from '../../shared/evidence/path-event.ts';
import { call } from '../support/cloudtrail-events.ts';

const ID = '8a4c1b5e-0f6e-4d53-9a3c-2f1f6f0c7b10';
const PLACE = { account: '444455556666', region: 'eu-west-1' };
const TEST = { eventSource: 'logs.amazonaws.com', eventName: 'KeyholderTest', purpose: 'test', test: ID };

const parse = (detail: unknown, more: object = {}) =>
  parsePathEvent({ source: 'keyholder.test', ...PLACE, detail, ...more });

describe('parsePathEvent', () => {
  test('reads a test with the account and region that the bus vouches for', () => {
    expect(parse({ ...TEST, account: '111122223333', region: 'us-east-1' })).toEqual({
      ...PLACE,
      kind: 'test',
      rule: 'logs',
      id: ID,
    });
  });

  test('reads a canary, and takes no id of it', () => {
    expect(parse({ ...TEST, purpose: 'canary' })).toEqual({ ...PLACE, kind: 'canary', rule: 'logs' });
  });

  test.each([
    ['ALARM', true],
    ['OK', false],
    ['INSUFFICIENT_DATA', false],
  ])('reads the alarm of dead letters in state %s', (value, isStanding) => {
    const detail = { alarmName: 'keyholder-member-dead-letters', state: { value } };

    expect(parse(detail, { source: 'aws.cloudwatch' })).toEqual({ ...PLACE, kind: 'dead-letters', isStanding });
  });

  test('leaves an event of any other source to be judged', () => {
    expect(parsePathEvent(call({ name: 'CreateAccessEntry', at: '2026-11-21T08:00:00Z' }))).toBeNull();
    for (const source of ['keyholder.logs', 'keyholder.tests', 'KEYHOLDER.TEST', 'aws.cloudwatch.x', ''])
      expect(parse(TEST, { source }), source).toBeNull();
    for (const event of [null, 7, 'text', [], {}]) expect(parsePathEvent(event)).toBeNull();
  });

  test('makes nothing of a call that is sent as a test, nor of an id that is text', () => {
    const forged = call({ name: 'CreateAccessEntry', at: '2026-11-21T08:00:00Z' });

    expect(parse(forged.detail)).toBe(
      'expected a test to be named KeyholderTest, by one of the rules, got another event',
    );
    for (const id of ['', 'x', `${ID}\nSubject: alert`, `${ID}#told`, '../path', '__proto__', 7, [ID]])
      expect(parse({ ...TEST, test: id }), String(id)).toBe(
        'expected a test with a UUID or a canary, got another event',
      );
    expect(parse({ ...TEST, eventSource: '__proto__' })).toBeTypeOf('string');
    expect(parse(TEST, { account: '4444', region: 'eu-west-1' })).toBeTypeOf('string');
    expect(parse(TEST, { region: 'eu-west-1/x#' })).toBeTypeOf('string');
    expect(parse({ alarmName: 'cpu' }, { source: 'aws.cloudwatch' })).toBe(
      'expected the alarm of dead letters, got another one',
    );
  });

  test('never throws', () => {
    const event = fc.record({
      source: fc.constantFrom('keyholder.test', 'aws.cloudwatch'),
      account: fc.oneof(fc.constant(PLACE.account), fc.anything()),
      region: fc.oneof(fc.constant(PLACE.region), fc.anything()),
      detail: fc.oneof(
        fc.anything(),
        fc.record({
          eventSource: fc.oneof(fc.constant('eks.amazonaws.com'), fc.anything()),
          eventName: fc.oneof(fc.constant('KeyholderTest'), fc.anything()),
          purpose: fc.oneof(fc.constantFrom('test', 'canary'), fc.anything()),
          test: fc.oneof(fc.uuid(), fc.anything()),
        }),
      ),
    });

    fc.assert(
      fc.property(event, (given) => {
        const parsed = parsePathEvent(given);
        if (typeof parsed === 'object' && parsed !== null) expect(parsed.account).toMatch(/^\d{12}$/);
        else expect(parsed).toBeTypeOf('string');
      }),
      { seed: 20261121, numRuns: 500 },
    );
  });
});

describe('listTestEvents', () => {
  test.each([
    ['eu-west-1', ['eks', 'logs', 'cloudtrail']],
    ['us-east-1', ['eks', 'logs', 'cloudtrail', 'iam']],
    ['cn-north-1', ['eks', 'logs', 'cloudtrail', 'iam']],
    ['cn-northwest-1', ['eks', 'logs', 'cloudtrail']],
    ['us-gov-west-1', ['eks', 'logs', 'cloudtrail', 'iam']],
    ['us-gov-east-1', ['eks', 'logs', 'cloudtrail']],
    ['us-iso-east-1', ['eks', 'logs', 'cloudtrail']],
  ])('sends by each rule of %s, as the other side reads it', (region, rules) => {
    const read = listTestEvents(region, ID).map(({ source, detail }) =>
      parsePathEvent({ source, account: PLACE.account, region, detail: JSON.parse(detail) }),
    );

    expect(read).toEqual(rules.map((rule) => ({ account: PLACE.account, region, kind: 'test', rule, id: ID })));
  });
});

const [MEMBER, HOME] = ['member-events.yml', 'home-events.yml'].map((file) =>
  readYaml(new URL(`../../resources/${file}`, import.meta.url).pathname),
);

function inputsOf(template: unknown, schedule: string): readonly string[] {
  const { Input } = fieldsAt(template, 'Resources', schedule, 'Properties', 'Target');
  return listed(Input).filter(isText);
}

function readEntries(input: string): readonly unknown[] {
  const { Entries } = JSON.parse(input);
  return listed(Entries).map((entry) => {
    const { Source, Detail } = fieldsAt({ entry }, 'entry');
    return parsePathEvent({ source: Source, ...PLACE, detail: JSON.parse(String(Detail)) });
  });
}

describe('the schedules of canaries', () => {
  test('send one by each rule of a region, where IAM has its own too', () => {
    const [, ofIamRegion = '', ofOthers = ''] = inputsOf(MEMBER, 'CanarySchedule');
    const canariesOf = (rules: readonly string[]) => rules.map((rule) => ({ ...PLACE, kind: 'canary', rule }));

    expect(readEntries(ofIamRegion)).toEqual(canariesOf(['eks', 'logs', 'cloudtrail', 'iam']));
    expect(readEntries(ofOthers)).toEqual(canariesOf(['eks', 'logs', 'cloudtrail']));
  });

  test('have the log function, and the home bus, send their own', () => {
    const [asked = ''] = inputsOf(MEMBER, 'LogCanarySchedule');
    const [sent = ''] = inputsOf(HOME, 'HomeCanarySchedule');

    expect(parseCanaryRequest(JSON.parse(asked), PLACE.region)).not.toBeNull();
    expect(readEntries(sent)).toEqual([{ ...PLACE, kind: 'canary', rule: 'home-bus' }]);
  });
});
