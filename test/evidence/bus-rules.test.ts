import { describe, expect, test } from 'vitest';
import { resolveTestRules } from '../../shared/evidence/bus-rules.ts';
import { LOG_TEST_PATTERN, REGIONAL_PATTERNS } from '../../shared/rules/event-patterns.ts';

const rule = (pattern: object, isOn = true) => ({ isOn, pattern: JSON.stringify(pattern) });

describe('resolveTestRules', () => {
  test('knows rules by what they take, and those that are switched off', () => {
    const rules = [rule(REGIONAL_PATTERNS.EksCalls), rule(REGIONAL_PATTERNS.LogCalls, false), rule(LOG_TEST_PATTERN)];

    expect(resolveTestRules(rules)).toEqual({ on: ['eks', 'log-batch'], off: ['logs'] });
  });

  test('takes a rule that is there twice for on when one is', () => {
    const rules = [rule(REGIONAL_PATTERNS.EksCalls, false), rule(REGIONAL_PATTERNS.EksCalls)];

    expect(resolveTestRules(rules)).toEqual({ on: ['eks'], off: [] });
  });

  test('finds none in rules of others, in schedules, and in what is no pattern', () => {
    const detail = { eventSource: ['eks.amazonaws.com'] };
    const patterns = [
      JSON.stringify({ source: ['aws.eks'], detail }),
      JSON.stringify({ source: 'keyholder.test', detail }),
      JSON.stringify({ source: ['keyholder.test'], detail: { eventSource: [{ prefix: 'eks' }] } }),
      JSON.stringify({ source: ['keyholder.test'] }),
      '{',
      '['.repeat(100_000),
      'null',
      '',
      null,
    ];

    expect(resolveTestRules(patterns.map((pattern) => ({ isOn: true, pattern })))).toEqual({ on: [], off: [] });
  });
});
