import { describe, expect, test } from 'vitest';
import { renderTold, tellRecovery } from '../shared/pipeline/tell-answer.ts';
import { type Lockout, planLockout } from './support/lockouts.ts';
import { LOST } from './support/recovery-commands.ts';
import { simulateLockout } from './support/simulated-lockout.ts';
import { openShell, simulate } from './support/simulated-shell.ts';

const LOCKOUTS: readonly (readonly [name: string, lockout: Lockout])[] = [
  ['the one-way switch', { ...LOST, caller: 'eks' }],
  ['a trust policy as JSON', { ...LOST, creator: 'untrusted' }],
  ['a user made anew, with a key', { ...LOST, creator: 'gone', creatorKind: 'user' }],
  ['a manifest to commit', { ...LOST, caller: 'without', hasController: true }],
  ['a temporary entry', { ...LOST, mode: 'API', caller: 'eks' }],
  ['nobody says who runs it', { ...LOST, mode: 'API_AND_CONFIG_MAP', caller: 'unnamed' }],
  ['an admin that works', { ...LOST, mode: 'API_AND_CONFIG_MAP', entries: 'working' }],
];

/** The lines below a label, as they stand, up to the next label. */
function takeBlock(text: string, label: string): string {
  const lines = text.split('\n');
  const start = lines.indexOf(`  ${label}:`) + 1;
  if (start === 0) throw new Error(`expected "${label}:" in the text`);
  const end = lines.findIndex((line, index) => index > start && /^(?: {2}(?:[A-Z][a-z ,]*:(?: |$))|$|\S)/.test(line));
  return lines.slice(start, end).join('\n');
}

async function listCalls(lockout: Lockout, commands: readonly string[]) {
  const shell = openShell(simulate(simulateLockout(lockout)));
  const { code, err } = await shell.run(commands);
  return { code, err, calls: shell.calls.map(({ program, args }) => [program, ...args]) };
}

describe('a plan as it is printed', () => {
  test.each(LOCKOUTS)('can be pasted, and does what the commands do: %s', async (_name, lockout) => {
    const plan = planLockout(lockout);
    const text = renderTold(tellRecovery(plan), 'text', { colour: false, width: 80 });
    const [way] = plan.ways;
    if (way === undefined) throw new Error('expected a way');

    const printed = await listCalls(lockout, [takeBlock(text, 'Run'), takeBlock(text, 'Check')]);
    const meant = await listCalls(lockout, [...way.commands, ...way.verify]);

    expect(meant.code).toBe(0);
    expect(printed).toEqual(meant);
  });

  test.each(LOCKOUTS)('breaks no line but between words that are too long to break: %s', (_name, lockout) => {
    const text = renderTold(tellRecovery(planLockout(lockout)), 'text', { colour: false, width: 80 });

    const long = text.split('\n').filter((line) => line.length > 80);

    // A flag with one value, a line of a file or of code, or an ARN in a message.
    const whole = /^ *(?:--\S+ (?:'[^']*'|"[^"]*"|\S+)(?: \\)?|'[^']*'(?: \\)?|id = "[^"]*"|arn:\S+)$/;
    expect(long.filter((line) => !whole.test(line))).toEqual([]);
  });

  test('shows the script of a check as lines that fit, and once', () => {
    const text = renderTold(tellRecovery(planLockout(LOST)), 'text', { colour: false, width: 80 });

    expect(text.match(/keyholder_check\(\) \{/g)).toHaveLength(1);
    expect(text.match(/^ +keyholder_check /gm)?.length).toBeGreaterThan(3);
  });
});
