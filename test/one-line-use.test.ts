/** The hook and the action that others use by one line of their own: what they name must be there. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runKeyholder } from '../cli/run.ts';
import { makeFolder } from './support/temp-folder.ts';
import { recordWorld } from './support/world.ts';

const ROOT = join(import.meta.dirname, '..');
const { bin } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

function readYaml(name: string) {
  return parse(readFileSync(join(ROOT, name), 'utf8'));
}

async function readHelp(command: string): Promise<string> {
  const world = recordWorld();
  expect(await runKeyholder([command, '--help'], world)).toBe(0);
  return world.out();
}

describe('the hook of pre-commit', () => {
  const hooks = readYaml('.pre-commit-hooks.yaml');
  const [hook] = hooks;

  it('runs a command that exists', async () => {
    const [program, command, ...flags] = hook.entry.split(' ');

    expect(hooks.length).toBe(1);
    expect(Object.keys(bin)).toContain(program);
    expect(await readHelp(command)).toContain(`Usage: keyholder ${command}`);
    expect(flags).toEqual([]);
  });

  it('has the fields that pre-commit asks for, and installs from the package itself', () => {
    expect(hook).toMatchObject({ id: 'keyholder-lint', language: 'node', name: expect.any(String) });
    expect(hook.additional_dependencies).toBeUndefined();
  });

  it.each([
    ['aws-auth.yaml', true],
    ['clusters/blue/aws-auth-configmap.yml', true],
    ['aws-auth.json', true],
    ['docs/aws-auth.md', false],
    ['modules/aws-auth/main.tf', false],
    ['modules/aws-auth/values.yaml', false],
    ['my-aws-auth.yaml', false],
  ])('looks at %s: %s', (path, isMeant) => {
    expect(new RegExp(hook.files).test(path)).toBe(isMeant);
  });
});

describe('the action', () => {
  const action = readYaml('action.yml');
  const [build, lint] = action.runs.steps;

  /** With a program in the place of ours that prints what it is given. */
  function runStep(files: string, folder: string): { readonly args: readonly string[]; readonly output: string } {
    const home = makeFolder({
      [`action/${bin.keyholder}`]: 'console.log(JSON.stringify(process.argv.slice(2)))',
      output: '',
    });
    const out = execFileSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', lint.run], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        FILES: files,
        GITHUB_ACTION_PATH: join(home, 'action'),
        GITHUB_OUTPUT: join(home, 'output'),
        RUNNER_TEMP: '/runner',
      },
    });
    return { args: JSON.parse(out), output: readFileSync(join(home, 'output'), 'utf8') };
  }

  it('builds what it runs, and hands no input to the shell as code', () => {
    expect(action.runs.using).toBe('composite');
    expect(build.run).toContain('npm ci');
    expect([build.run, lint.run].join()).not.toContain('${{');
    expect(lint.env).toEqual({ FILES: expect.stringMatching(/^..{ inputs\.files }}$/) });
    expect(Object.keys(action.inputs)).toEqual(['files']);
  });

  it('runs a command and flags that exist', async () => {
    const [command = '', ...rest] = runStep('aws-auth.yaml', ROOT).args;

    const help = await readHelp(command);
    const flags = rest.filter((arg) => arg.startsWith('--') && arg !== '--');
    expect([command, flags]).toEqual(['lint', ['--out']]);
    for (const flag of flags) expect(help).toContain(flag);
  });

  it('expands patterns, keeps blanks in names, and keeps a pattern without a match', () => {
    const folder = makeFolder({
      'blue/aws-auth.yaml': '',
      'green/aws-auth.yaml': '',
      'a b.yaml': '',
      '$(id).yaml': '',
    });

    const { args } = runStep('*/aws-auth.yaml\r\na b.yaml\n\n$(id).yaml\nnone/*.yaml\n', folder);

    expect(args.slice(args.indexOf('--') + 1)).toEqual([
      'blue/aws-auth.yaml',
      'green/aws-auth.yaml',
      'a b.yaml',
      '$(id).yaml',
      'none/*.yaml',
    ]);
  });

  it('names the SARIF file that lint writes', async () => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'in'));
    writeFileSync(join(folder, 'in', 'aws-auth.yaml'), 'data: {mapRoles: ""}\nmetadata: {name: aws-auth}\n');
    const { args, output } = runStep('aws-auth.yaml', folder);
    const [, sarif = ''] = /^sarif=(.*)\n$/.exec(output) ?? [];

    const moved = args.map((arg) =>
      arg.replace('/runner', folder).replace(/^aws-auth/, join(folder, 'in', 'aws-auth')),
    );
    expect(await runKeyholder(moved, recordWorld())).toBe(0);

    expect(existsSync(sarif.replace('/runner', folder))).toBe(true);
    expect(action.outputs.sarif.value).toBe(`\${{ steps.${lint.id}.outputs.sarif }}`);
  });
});
