import { describe, expect, test } from 'vitest';
import type { RecoveryPlan } from '../../shared/model/recovery.ts';
import { renderRecoveryJson } from '../../shared/reports/answer-json.ts';
import { renderSheetMarkdown } from '../../shared/reports/sheet-markdown.ts';
import { renderSheetText } from '../../shared/reports/sheet-text.ts';
import { viewRecovery } from '../../shared/reports/view-recovery.ts';
import { listAnswerErrors } from '../support/answer-schema.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';
import { type Lockout, planLockout } from '../support/lockouts.ts';

const LOST: Lockout = {
  mode: 'API_AND_CONFIG_MAP',
  creator: 'present',
  entries: 'none',
  awsAuth: 'deleted',
  caller: 'unnamed',
};

const titles = (plan: RecoveryPlan) =>
  viewRecovery(plan).sections.flatMap(({ title, blocks }) => (blocks.length > 0 ? title : []));

/** Every text of the plan that others choose, wherever it stands. */
function poison(plan: RecoveryPlan, name: string): RecoveryPlan {
  const swap = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replaceAll('responder', () => name).replaceAll('payments', () => name);
    if (Array.isArray(value)) return value.map(swap);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, swap(inner)]));
  };
  return { ...plan, ...Object(swap(plan)) };
}

const CONTROLS = /[\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u;

describe('viewRecovery', () => {
  test('puts the answer first, what to do next, and how to leave no trace last', () => {
    const sheet = viewRecovery(planLockout(LOST));

    expect(sheet).toMatchObject({
      title: 'Locked out since 20 Nov 2026 16:43 UTC: role/developers deleted the ConfigMap aws-auth (audit.ndjson:2).',
      tone: 'bad',
    });
    expect(titles(planLockout(LOST)).filter((title) => !title.startsWith('Way '))).toEqual([
      'If that fails',
      'Not offered',
      'How to read a check',
      'At the end: take temporary access away',
      'What infrastructure code will do next',
    ]);
  });

  test('tells the creator with its proof, whether it is the same, and who can become it', () => {
    const [, , creator] = viewRecovery(planLockout(LOST)).lead;

    expect(creator).toMatch(
      /^Creator: arn:aws:iam::111122223333:role\/pipeline \(proven: .*\); it exists, and is the same principal still; .* can become it: /,
    );
  });

  test.each([
    ['gone', 'it no longer exists, and whoever makes the name again may become it'],
    ['re-created', 'a principal of that name exists, and is another one'],
    ['unknown', 'Creator: not known, for '],
  ] as const)('says of a creator that is %s what that means', (creator, words) => {
    expect(viewRecovery(planLockout({ ...LOST, creator })).lead[2]).toContain(words);
  });

  test('says until when nodes can log in', () => {
    expect(viewRecovery(planLockout(LOST)).lead[0]).toContain('can log in until 20 Nov 2026 16:58 UTC at the latest');
  });

  test('is calm where nothing is wrong', () => {
    const fine = planLockout({ ...LOST, entries: 'working', awsAuth: 'good' });

    expect(viewRecovery(fine)).toMatchObject({ tone: 'good', title: expect.stringMatching(/^Fine: /) });
  });

  test.each(HOSTILE_NAMES)('shows a hostile name in every format without obeying it: %s', (_what, name) => {
    const plan = poison(planLockout({ ...LOST, hasController: true }), name);
    const sheet = viewRecovery(plan);
    const text = renderSheetText(sheet, { colour: false, width: 80 });
    const markdown = renderSheetMarkdown(sheet);
    const json = renderRecoveryJson(plan);

    for (const shown of [text, markdown, json]) expect(shown).not.toMatch(CONTROLS);
    expect(markdown.replace(/```+[a-z]*\n[\s\S]*?\n```+\n/g, '')).not.toMatch(/(?<!\\)<script|(?<!\\)\|/);
    expect(JSON.parse(json).cluster.name).toBe(name);
    if (name !== '') expect(listAnswerErrors('recover', JSON.parse(json))).toEqual([]);
  });
});
