import { describe, expect, test } from 'vitest';
import type { Block } from '../../shared/reports/sheet.ts';
import { isScript, viewFallback, viewNeeded } from '../../shared/reports/view-way.ts';
import { type Lockout, planLockout } from '../support/lockouts.ts';

const LOST: Lockout = { mode: 'API', creator: 'gone', entries: 'none', awsAuth: 'good', caller: 'unnamed' };

function firstWay(lockout: Lockout = LOST) {
  const [way] = planLockout(lockout).ways;
  if (way === undefined) throw new Error('expected a way');
  return way;
}

const labels = (blocks: readonly Block[]) =>
  blocks.flatMap((block) => (block.kind === 'text' && block.text.endsWith(':') ? block.text : []));

describe('viewNeeded', () => {
  test('gives commands, their stand-in without tags, check and undo, in the order in which they are used', () => {
    const { title, blocks } = viewNeeded(firstWay(), 1, true);

    expect(title).toBe('Way 1: can be undone, harm 20 of 100');
    expect(labels(blocks)).toEqual([
      'Run:',
      'Where tagging is denied, in the place of the command that makes it:',
      'Check:',
      'Undo:',
    ]);
  });

  test('says of what is not known what trying shows, what a denial means and what comes next', () => {
    const items = viewNeeded(firstWay(), 1, true).blocks.flatMap((block) => (block.kind === 'item' ? block : []));
    const unsure = items.filter(({ mark }) => mark === 'unknown');

    expect(unsure.length).toBeGreaterThan(0);
    for (const { details } of unsure)
      expect(details.join('\n')).toMatch(/If you try: .*\nIf it is denied: .*\nIf it does not hold: /);
  });

  test('ends with a message to paste that names cluster, calls, commands and end', () => {
    const last = viewNeeded(firstWay(), 1, true).blocks.findLast((block) => block.kind === 'paste');

    expect(last).toMatchObject({ kind: 'paste', language: 'text' });
    expect(last?.kind === 'paste' ? last.text : '').toMatch(/payments[\s\S]*eks:CreateAccessEntry[\s\S]*aws eks /);
  });

  test('shows the function of the checks where it is asked to, and their calls always', () => {
    const shown = (showsScript: boolean) => JSON.stringify(viewNeeded(firstWay(), 1, showsScript));

    expect(shown(true)).toContain('keyholder_check() {');
    expect(shown(false)).not.toContain('keyholder_check() {');
    expect(shown(false)).toContain('keyholder_check k8s.io/cluster-admin');
  });

  test('warns before what cannot be undone', () => {
    const { title, blocks } = viewNeeded(
      firstWay({ ...LOST, mode: 'CONFIG_MAP', creator: 'unknown', awsAuth: 'deleted' }),
      1,
      true,
    );

    expect(title).toBe('Way 1: cannot be undone, harm 80 of 100');
    expect(JSON.stringify(blocks)).toContain('no mode leads back to CONFIG_MAP');
  });
});

describe('viewFallback', () => {
  test('keeps commands, check and undo, and leaves the messages to the JSON', () => {
    const { blocks } = viewFallback(firstWay(), 2, false);

    expect(labels(blocks)).toEqual([
      'Run:',
      'Where tagging is denied, in the place of the command that makes it:',
      'Check:',
      'Undo:',
    ]);
    expect(blocks.filter(({ kind }) => kind === 'paste')).toEqual([]);
  });
});

describe('isScript', () => {
  test('tells what we wrote on several lines from a command', () => {
    expect(firstWay().verify.map(isScript)).toEqual([true, false, false]);
    expect(firstWay().commands.map(isScript)).not.toContain(true);
  });
});
