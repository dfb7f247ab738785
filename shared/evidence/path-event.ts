/** An event of the home bus into what it says of the way to it: a test, a canary, or letters that lie dead in an account. */
import { PATH_RULES, type PathEvent, type PathPlace, type PathRule } from '../model/alert-path.ts';
import {
  DEAD_LETTERS_ALARM,
  detailOf,
  eventSourceOf,
  listTestRules,
  TEST_CALL,
  TEST_DETAIL_TYPE,
  TEST_SOURCE,
} from '../rules/path-rules.ts';
import { fieldIn, textIn } from './json-fields.ts';
import { findRegion } from './named-region.ts';

const TEST_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** null: it says nothing of the way. A text: why it is none, though it is marked as one. */
export function parsePathEvent(event: unknown): PathEvent | string | null {
  const source = textIn(event, 'source');
  if (source !== TEST_SOURCE && source !== 'aws.cloudwatch') return null;
  const place = parsePlace(event);
  if (place === null) return 'expected an event of a bus with account and region';
  const detail = fieldIn(event, 'detail');
  return source === TEST_SOURCE ? parseTest(detail, place) : parseAlarm(detail, place);
}

function parsePlace(event: unknown): PathPlace | null {
  const [account, region] = [textIn(event, 'account') ?? '', textIn(event, 'region') ?? ''];
  return /^\d{12}$/.test(account) && /^[a-z0-9-]{1,40}$/.test(region) ? { account, region } : null;
}

/** Anybody who may put events on the bus of an account may send these: what they bring is an id, and nothing to be shown. */
function parseTest(detail: unknown, place: PathPlace): PathEvent | string {
  const rule = PATH_RULES.find((one) => eventSourceOf(one) === textIn(detail, 'eventSource'));
  if (rule === undefined || textIn(detail, 'eventName') !== TEST_CALL)
    return `expected a test to be named ${TEST_CALL}, by one of the rules, got another event`;
  const purpose = textIn(detail, 'purpose');
  // A function puts it on the bus itself, which knows the account alone.
  const region = rule === 'log-batch' ? findRegion(detail) : null;
  if (purpose === 'canary') return { ...place, ...(region === null ? {} : { region }), kind: 'canary', rule };
  const id = textIn(detail, 'test') ?? '';
  if (purpose !== 'test' || !TEST_ID.test(id)) return 'expected a test with a UUID or a canary, got another event';
  return { ...place, ...(region === null ? {} : { region }), kind: 'test', rule, id };
}

/** EventBridge lets nobody but AWS put events with a source of AWS. */
function parseAlarm(detail: unknown, place: PathPlace): PathEvent | string {
  if (textIn(detail, 'alarmName') !== DEAD_LETTERS_ALARM) return 'expected the alarm of dead letters, got another one';
  return { ...place, kind: 'dead-letters', isStanding: textIn(fieldIn(detail, 'state'), 'value') === 'ALARM' };
}

export interface TestEvent {
  readonly source: string;
  readonly detailType: string;
  /** JSON. */
  readonly detail: string;
}

/**
 * What the function that forwards logs is called with to prove itself, into the event that it sends: a canary by its
 * schedule alone, a test by whoever puts one on the bus. null: something else; a text: why it is none, though marked.
 */
export function parseProofRequest(event: unknown, region: string): TestEvent | string | null {
  if (textIn(event, 'keyholder') === 'canary') return markEvent('log-batch', { region, purpose: 'canary' });
  if (textIn(event, 'source') !== TEST_SOURCE) return null;
  const test = parsePathEvent(event);
  if (test === null || typeof test === 'string') return test;
  if (test.kind !== 'test' || test.rule !== 'log-batch') return 'expected a test of this function, got another event';
  return markEvent('log-batch', { region, purpose: 'test', test: test.id });
}

/** One for each rule of the region, as `parsePathEvent` reads it on the other side. */
export function listTestEvents(region: string, test: string): readonly (TestEvent & { readonly rule: PathRule })[] {
  return listTestRules(region).map((rule) => ({ rule, ...markEvent(rule, { purpose: 'test', test }) }));
}

function markEvent(rule: PathRule, more: Readonly<Record<string, string>>): TestEvent {
  const detail = JSON.stringify({ ...detailOf(rule), ...more });
  return { source: TEST_SOURCE, detailType: TEST_DETAIL_TYPE, detail };
}
