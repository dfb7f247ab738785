import { describe, expect, it } from 'vitest';
import { runKeyholder } from '../../cli/run.ts';
import { recordWorld } from '../support/world.ts';

async function run(...args: readonly string[]) {
  const world = recordWorld();
  const exitCode = await runKeyholder(args, world);
  return { exitCode, out: world.out(), err: world.err() };
}

describe('runKeyholder', () => {
  it.each([
    [
      'an unknown flag',
      ['audit', '--frmat', 'x'],
      'expected a flag that is known, got "--frmat" (did you mean --format?)',
    ],
    ['a flag without its value', ['audit', '--format'], 'expected a value for --format <format>, got none'],
    [
      'a further argument',
      ['audit', 'x'],
      'expected no further argument to audit, got one (see keyholder audit --help)',
    ],
    ['a flag that is missing', ['accept', 'x'], 'expected --owner <who>, got no such flag'],
    ['an argument that is missing', ['who-can'], 'expected an argument <verb>, got none'],
    [
      'a format that is none',
      ['audit', '--format', 'xml'],
      'expected one of text, json, csv, compliance, scope, markdown, ocsf, asff, html for --format, got "xml"',
    ],
    [
      'a severity that is none',
      ['audit', '--fail-on', 'bad'],
      'expected one of info, low, medium, high, critical for --fail-on, got "bad"',
    ],
    [
      'a time that is none',
      ['audit', '--now', '2026-13-01'],
      'expected an ISO time such as 2026-11-21T00:00:00Z for --now, got "2026-13-01"',
    ],
    [
      'a day that no month has',
      ['audit', '--now', '2026-02-30'],
      'expected an ISO time such as 2026-11-21T00:00:00Z for --now, got "2026-02-30"',
    ],
    [
      'a cluster of another region',
      ['audit', '--cluster', 'arn:aws:eks:eu-central-1:111122223333:cluster/payments', '--region', 'us-east-1'],
      'expected eu-central-1 for --region, as the ARN of --cluster says, got us-east-1',
    ],
    ['an empty folder name', ['audit', '--out', ''], 'expected a folder for --out, got nothing'],
    ['no evidence', ['audit'], 'expected --region or AWS_REGION with the regions to read, or --evidence DIR, got none'],
  ])('answers %s with one line and exit code 2', async (_name, args, message) => {
    expect(await run(...args)).toEqual({ exitCode: 2, out: '', err: `keyholder: ${message}\n` });
  });

  it.each([
    ['a command that is nearly right', 'adit', '"adit" (did you mean audit?)'],
    ['a command like no other', 'zzzzzz', '"zzzzzz" (see keyholder --help)'],
    ['one that would rewrite the terminal', '\u001b[2Jx\ny', '"\\u001b[2Jx\\ny" (see keyholder --help)'],
  ])('answers %s with a hint and exit code 2', async (_name, command, got) => {
    const { exitCode, out, err } = await run(command);

    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toMatch(/^keyholder: expected a command that is known, got /);
    expect(err.endsWith(`, got ${got}\n`)).toBe(true);
  });

  it('prints help and says that a command is missing', async () => {
    const { exitCode, out, err } = await run();

    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toContain('Usage: keyholder <command> [flags]');
    expect(err).toMatch(/\nkeyholder: expected a command, got none\n$/);
  });

  it('prints the version to standard output', async () => {
    expect(await run('--version')).toEqual({ exitCode: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), err: '' });
  });

  it.each([[['--help']], [['help']]])('lists commands, an example and exit codes for %j', async (args) => {
    const { exitCode, out, err } = await run(...args);

    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toContain('audit');
    expect(out).toContain('keyholder audit --evidence');
    expect(out).toContain('2    wrong usage');
  });

  it.each([[['audit', '--help']], [['help', 'audit']]])('explains every flag of a command for %j', async (args) => {
    const { exitCode, out } = await run(...args);

    expect(exitCode).toBe(0);
    for (const flag of ['--evidence', '--format', '--out', '--now', '--fail-on']) expect(out).toContain(flag);
    expect(out).toContain('Examples:');
  });

  it('shows help on an unknown command for no answer', async () => {
    const { exitCode, out, err } = await run('zzzzzz', '--help');

    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toMatch(/\nkeyholder: expected a command that is known, got "zzzzzz" \(see keyholder --help\)\n$/);
  });

  it('says in one line that help could not be written', async () => {
    const world = recordWorld({ failure: new Error('no space left on device') });

    expect(await runKeyholder(['--help'], world)).toBe(2);
    expect(world.err()).toBe('keyholder: expected to write to standard output, got no space left on device\n');
  });

  it('says that there is no help on an unknown command', async () => {
    const { exitCode, err } = await run('help', 'adit');

    expect(exitCode).toBe(2);
    expect(err).toMatch(/\nkeyholder: expected help on a command, got "adit"\n$/);
  });
});
