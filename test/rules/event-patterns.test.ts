import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  type EventPattern,
  emergencyPattern,
  GLOBAL_PATTERNS,
  LOG_TEST_PATTERN,
  PATH_PATTERNS,
  REGIONAL_PATTERNS,
} from '../../shared/rules/event-patterns.ts';
import { call } from '../support/cloudtrail-events.ts';
import { WAYS_OF_IAM } from '../support/ways-of-iam.ts';
import { WAYS } from '../support/ways-to-admin.ts';

interface Rule {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties: { readonly EventPattern: unknown; readonly State: string; readonly Targets: readonly object[] };
}

const TEMPLATE = new URL('../../resources/member-events.yml', import.meta.url);
const HOME_TEMPLATE = new URL('../../resources/home-events.yml', import.meta.url);
const { Resources } = parse(readFileSync(TEMPLATE, 'utf8'), { logLevel: 'error' });
const RULES = Object.entries<Rule>(Resources).filter(([, { Type }]) => Type === 'AWS::Events::Rule');
const PATTERNS: Readonly<Record<string, EventPattern>> = { ...REGIONAL_PATTERNS, ...GLOBAL_PATTERNS };

/** As EventBridge does it: each field that the pattern names holds one of its values. */
function matches(pattern: unknown, event: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.includes(event);
  return Object.entries(Object(pattern)).every(([key, inner]) => matches(inner, Object(event)[key]));
}

describe('event patterns', () => {
  test('stand in the template of each account', () => {
    const { detail, ...emergency } = emergencyPattern([]);
    // The roles are those that the template is given: joined with the one of tests, and split again.
    const roleArn = [',', [',', ['KeyholderTest', [',', 'BreakGlassRoleArns']]]];

    expect(Object.fromEntries(RULES.map(([name, { Properties }]) => [name, Properties.EventPattern]))).toEqual({
      ...PATTERNS,
      ...PATH_PATTERNS,
      EmergencyCalls: { ...emergency, detail: { ...detail, requestParameters: { roleArn } } },
      LogTests: LOG_TEST_PATTERN,
    });
  });

  test('send nothing home that the rule of the home bus lets lie', () => {
    const home = parse(readFileSync(HOME_TEMPLATE, 'utf8'), { logLevel: 'error' });
    const taken: readonly string[] = home.Resources.BusRule.Properties.EventPattern.source;
    const sent = RULES.filter(([name]) => name !== 'LogTests').flatMap(
      ([, { Properties }]) => Object(Properties.EventPattern).source,
    );

    expect(sent.filter((source) => !taken.includes(source))).toEqual([]);
    expect(new Set(sent).size).toBeGreaterThanOrEqual(6);
  });

  test('are asked where their events appear, and lose none', () => {
    expect(Object.fromEntries(RULES.map(([name, { Condition }]) => [name, Condition]))).toEqual({
      EksCalls: undefined,
      LogCalls: undefined,
      TrailCalls: undefined,
      DeadLetterAlarms: undefined,
      EmergencyCalls: 'HasBreakGlass',
      IamCalls: 'IsGlobalRegion',
      LogTests: undefined,
    });
    for (const [name, { Properties }] of RULES) {
      // Reads come by no other state.
      const state = name === 'EmergencyCalls' ? 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' : 'ENABLED';
      expect(Properties.State).toBe(state);
      const target = name === 'LogTests' ? 'log-function' : 'home';
      expect(Properties.Targets).toMatchObject([{ Id: target, DeadLetterConfig: {} }]);
    }
  });

  test('let through every call that is a way to admin, and attempts', () => {
    const calls = [...WAYS, ...WAYS_OF_IAM]
      .flatMap(({ events }) => events)
      .filter(({ source }) => source.startsWith('aws.'));
    const attempt = call({ name: 'CreateAccessEntry', at: '2026-11-21T08:00:00Z', errorCode: 'AccessDenied' });

    for (const event of [...calls, attempt]) {
      expect(
        Object.values(PATTERNS).some((pattern) => matches(pattern, event)),
        event.id,
      ).toBe(true);
    }
    expect(calls.length).toBeGreaterThanOrEqual(11);
  });

  test('let through whoever assumes a role that is kept for emergencies, and nobody who assumes another', () => {
    const pattern = emergencyPattern(['arn:aws:iam::111122223333:role/emergency']);
    const assume = (roleArn: string) =>
      call({ name: 'AssumeRole', service: 'sts', at: '2026-11-21T08:00:00Z', request: { roleArn } });

    expect(matches(pattern, assume('arn:aws:iam::111122223333:role/emergency'))).toBe(true);
    expect(matches(pattern, assume('arn:aws:iam::111122223333:role/other'))).toBe(false);
  });

  test.each(['DescribeCluster', 'ListAccessEntries', 'TagResource', 'UpdateNodegroupVersion'])(
    'keep out %s',
    (name) => {
      const event = call({ name, at: '2026-11-21T08:00:00Z' });

      expect(Object.values(PATTERNS).some((pattern) => matches(pattern, event))).toBe(false);
    },
  );
});
