import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldsAt, listed, readYaml } from '../../scripts/templates.ts';
import { listTestEvents, parsePathEvent, parseProofRequest } from '../../shared/evidence/path-event.ts';
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

  test('takes the region of a test of the log function from it: the bus knows the one that it came to', () => {
    const detail = { ...TEST, eventSource: 'keyholder-alert-on-log-batch', region: 'ap-southeast-2' };

    expect(parse(detail)).toMatchObject({ region: 'ap-southeast-2', kind: 'test', rule: 'log-batch', id: ID });
    expect(parse({ ...detail, region: '../x' })).toMatchObject({ region: 'eu-west-1' });
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

const REGIONAL = ['eks', 'logs', 'cloudtrail', 'sts', 'log-batch'];
const GLOBAL = ['eks', 'logs', 'cloudtrail', 'iam', 'sts', 'log-batch'];

describe('listTestEvents', () => {
  test.each([
    ['eu-west-1', REGIONAL],
    ['us-east-1', GLOBAL],
    ['cn-north-1', GLOBAL],
    ['cn-northwest-1', REGIONAL],
    ['us-gov-west-1', GLOBAL],
    ['us-gov-east-1', REGIONAL],
    ['us-iso-east-1', REGIONAL],
  ])('sends by each rule of %s, as the other side reads it', (region, rules) => {
    const read = listTestEvents(region, ID).map(({ source, detail }) =>
      parsePathEvent({ source, account: PLACE.account, region, detail: JSON.parse(detail) }),
    );

    expect(read).toEqual(rules.map((rule) => ({ account: PLACE.account, region, kind: 'test', rule, id: ID })));
  });
});

describe('parseProofRequest', () => {
  const asked = { eventSource: 'keyholder-alert-on-log-batch', eventName: 'KeyholderTest', purpose: 'test', test: ID };
  const request = (detail: unknown, more: object = {}) =>
    parseProofRequest({ source: 'keyholder.test', ...PLACE, detail, ...more }, PLACE.region);

  test('answers a test with one of its own, which home reads as that of the log function', () => {
    const answer = request(asked);

    expect(answer).toMatchObject({ source: 'keyholder.test', detailType: 'Keyholder test' });
    expect(parse(JSON.parse(Object(answer).detail), { region: 'eu-central-1' })).toEqual({
      ...PLACE,
      kind: 'test',
      rule: 'log-batch',
      id: ID,
    });
  });

  test('sends no canary for whoever puts an event on the bus, nor logs', () => {
    const refusal = 'expected a test of this function, got another event';
    const data = 'H4sIAAAAAAAAA6uuBQBDv6ajAgAAAA==';

    expect(request({ ...asked, purpose: 'canary' })).toBe(refusal);
    expect(request(TEST)).toBe(refusal);
    expect(request({ ...asked, test: 'x', awslogs: { data } }, { awslogs: { data } })).toBeTypeOf('string');
    expect(request({ keyholder: 'canary' })).toBeTypeOf('string');
  });

  test.each([[{}], [null], ['canary'], [{ awslogs: { data: '' } }], [{ keyholder: 'test' }]])(
    'leaves %j to be read as logs',
    (event) => {
      expect(parseProofRequest(event, PLACE.region)).toBeNull();
    },
  );
});

const [MEMBER, HOME] = ['member-events.yml', 'home-events.yml'].map((file) =>
  readYaml(new URL(`../../resources/${file}`, import.meta.url).pathname),
);

/** As CloudFormation joins it, where these conditions hold. */
function inputOf(template: unknown, schedule: string, conditions: readonly string[] = []): string {
  const join = (part: unknown): string => {
    if (!Array.isArray(part)) return String(part);
    const [condition, then, otherwise] = part;
    return String(conditions.includes(condition) ? then : otherwise);
  };
  const { Input } = fieldsAt(template, 'Resources', schedule, 'Properties', 'Target');
  return Array.isArray(Input) ? Input[1].map(join).join('') : String(Input);
}

function readEntries(input: string): readonly unknown[] {
  const { Entries } = JSON.parse(input);
  return listed(Entries).map((entry) => {
    const { Source, Detail } = fieldsAt({ entry }, 'entry');
    return parsePathEvent({ source: Source, ...PLACE, detail: JSON.parse(String(Detail)) });
  });
}

describe('the schedules of canaries', () => {
  test.each([
    [[], ['eks', 'logs', 'cloudtrail']],
    [['IsGlobalRegion'], ['eks', 'logs', 'cloudtrail', 'iam']],
    [['HasBreakGlass'], ['eks', 'logs', 'cloudtrail', 'sts']],
    [
      ['IsGlobalRegion', 'HasBreakGlass'],
      ['eks', 'logs', 'cloudtrail', 'iam', 'sts'],
    ],
  ])('send one by each rule that stands where %j', (conditions, rules) => {
    expect(readEntries(inputOf(MEMBER, 'CanarySchedule', conditions))).toEqual(
      rules.map((rule) => ({ ...PLACE, kind: 'canary', rule })),
    );
  });

  test('send the one for emergencies in the form that its rule takes', () => {
    const input = JSON.parse(inputOf(MEMBER, 'CanarySchedule', ['HasBreakGlass']));
    const detail = JSON.parse(input.Entries.at(-1).Detail);
    const sent = listTestEvents(PLACE.region, ID).find(({ rule }) => rule === 'sts');

    expect({ ...JSON.parse(sent?.detail ?? ''), purpose: 'canary', test: undefined }).toEqual(detail);
    expect(detail.requestParameters).toEqual({ roleArn: 'KeyholderTest' });
  });

  test('have the log function, and the home bus, send their own', () => {
    const asked = JSON.parse(inputOf(MEMBER, 'LogCanarySchedule'));

    expect(parseProofRequest(asked, PLACE.region)).toMatchObject({ detail: expect.stringContaining('"canary"') });
    expect(readEntries(inputOf(HOME, 'HomeCanarySchedule'))).toEqual([{ ...PLACE, kind: 'canary', rule: 'home-bus' }]);
  });
});
