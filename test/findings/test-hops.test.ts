import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { resolveTestedPlace, type TestTraces } from '../../shared/findings/test-hops.ts';

const RUNBOOK = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
const AT = '2026-11-21T08:05:00Z';
const RULES = ['arrived#eks', 'arrived#logs', 'arrived#cloudtrail', 'arrived#sts', 'arrived#log-batch'];
const ALL = ['eks', 'logs', 'cloudtrail', 'sts', 'log-batch'] as const;
const CHANNELS = ['told#people', 'told#chat', 'told#machines'];

function traces(keys: readonly string[], more: Partial<TestTraces> = {}): TestTraces {
  return {
    account: '444455556666',
    region: 'eu-west-1',
    id: 'a',
    sentAt: AT,
    refusal: null,
    rules: { on: ALL, off: [] },
    rows: new Map(keys.map((key) => [key, { at: AT, isSent: true }])),
    isHeldBack: false,
    ...more,
  };
}

const without = (rule: string) => RULES.filter((key) => key !== `arrived#${rule}`);
const ofThem = { on: ALL.filter((rule) => rule !== 'log-batch'), off: [] };

describe('resolveTestedPlace', () => {
  test('finds the way open when all answered', () => {
    expect(resolveTestedPlace(traces([...RULES, ...CHANNELS]))).toMatchObject({
      isOpen: true,
      lastAnswered: 'machines',
      next: null,
      pages: [],
    });
  });

  test('takes a channel that the deployment does not have for no fault', () => {
    const rows = new Map([...RULES, ...CHANNELS].map((key) => [key, { at: AT, isSent: key !== 'told#chat' }]));
    const { isOpen, hops } = resolveTestedPlace(traces([], { rows }));

    expect(isOpen).toBe(true);
    expect(hops.find(({ hop }) => hop === 'chat')?.status).toBe('nobody');
  });

  test('finds the way open where no role is kept for emergencies, and says that none is asked for', () => {
    const rules = { on: ALL.filter((rule) => rule !== 'sts'), off: [] };
    const { isOpen, hops } = resolveTestedPlace(traces([...without('sts'), ...CHANNELS], { rules }));

    expect(isOpen).toBe(true);
    expect(hops.filter(({ status }) => status !== 'answered')).toEqual([
      {
        hop: 'rule-sts',
        status: 'absent',
        at: null,
        reason: 'Not deployed here: the stack there names no BreakGlassRoleArns, or is of an earlier version.',
      },
    ]);
  });

  test('never takes a row that it cannot read for a time', () => {
    const rows = new Map<string, unknown>([...RULES, ...CHANNELS].map((key) => [key, key]));

    expect(
      resolveTestedPlace(traces([], { rows }))
        .hops.slice(1)
        .map(({ at }) => at),
    ).toEqual(Array(8).fill(null));
  });

  test.each([
    ['nothing was sent', traces([], { sentAt: null, refusal: 'denied' }), null],
    ['nothing came', traces([]), 'default-bus'],
    ['one rule is silent', traces([...RULES.slice(1), ...CHANNELS]), 'default-bus'],
    ['the rule of emergencies is silent', traces([...without('sts'), ...CHANNELS]), 'rule-cloudtrail'],
    ['the log function is silent', traces([...without('log-batch'), ...CHANNELS]), 'rule-sts'],
    ['the log function is not there', traces([...without('log-batch'), ...CHANNELS], { rules: ofThem }), 'rule-sts'],
    ['nobody could ask', traces([...without('sts'), ...CHANNELS], { rules: 'denied' }), 'rule-cloudtrail'],
    ['nobody was told', traces(RULES), 'log-function'],
    ['one channel was not told', traces([...RULES, ...CHANNELS.slice(1)]), 'log-function'],
    ['it was held back', traces([], { isHeldBack: true }), 'default-bus'],
  ])('says where to look when %s, by pages that there are', (_name, given, last) => {
    const { isOpen, lastAnswered, next, pages } = resolveTestedPlace(given);

    expect([isOpen, lastAnswered]).toEqual([false, last]);
    expect(next).toMatch(/\.$/);
    expect(pages.filter((page) => !RUNBOOK.includes(`\n## ${page}\n`))).toEqual([]);
  });
});
