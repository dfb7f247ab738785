import { readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runKeyholder } from '../../cli/run.ts';
import { configMapYaml } from '../support/aws-auth.ts';
import { listSarifProblems } from '../support/sarif-schema.ts';
import { makeFolder } from '../support/temp-folder.ts';
import { recordWorld } from '../support/world.ts';

const IAM = 'arn:aws:iam::111122223333:';
const SOUND = configMapYaml({
  mapRoles: `- rolearn: ${IAM}role/payments\n  username: payments\n  groups: [payments]\n`,
});
const MASTERS = SOUND.replace('[payments]', '[system:masters]');
const BROKEN = SOUND.replace('role/payments', 'role/team/payments');

async function lint(args: readonly string[], input?: string) {
  const world = recordWorld();
  const stdin = (async function* () {
    yield Buffer.from(input ?? '');
  })();
  const exitCode = await runKeyholder(['lint', ...args], { ...world, stdin });
  return { exitCode, out: world.out(), err: world.err() };
}

describe('keyholder lint', () => {
  it.each([
    ['a sound file', SOUND, 0],
    ['a dangerous file in which nothing is lost', MASTERS, 0],
    ['a file by which somebody loses access', BROKEN, 1],
  ])('gives %s its exit code', async (_name, text, code) => {
    const { exitCode, err } = await lint([join(makeFolder({ 'aws-auth.yaml': text }), 'aws-auth.yaml')]);

    expect([exitCode, err]).toEqual([code, '']);
  });

  it('prints text, and writes nothing', async () => {
    const dir = makeFolder({ 'aws-auth.yaml': BROKEN });
    const file = join(dir, 'aws-auth.yaml');

    const { out } = await lint([file]);

    expect(out.startsWith(`${file}:4:16: error: "${IAM}role/team/payments" holds the path "/team/".`)).toBe(true);
    expect(readdirSync(dir)).toEqual(['aws-auth.yaml']);
  });

  it('reads standard input, and several files in the order given', async () => {
    const dir = makeFolder({ 'b.yaml': SOUND, 'a.yaml': SOUND });

    const { exitCode, out } = await lint([join(dir, 'b.yaml'), '-', join(dir, 'a.yaml')], BROKEN);

    const named = out.split('\n').flatMap((line) => /(b\.yaml|^-|a\.yaml):/.exec(line)?.[1] ?? []);
    expect([exitCode, named]).toEqual([1, ['b.yaml', '-', 'a.yaml']]);
  });

  it('prints the same bytes for the same file, whatever the time', async () => {
    const first = await lint(['-', '--format', 'json', '--now', '2020-01-01'], BROKEN);

    expect(await lint(['-', '--format', 'json'], BROKEN)).toEqual(first);
    expect(JSON.parse(first.out).summary).toMatchObject({ files: 1, losesAccess: true });
  });

  it('prints SARIF that is whole, also of a file that is none of ours', async () => {
    const good = await lint(['-', '--format', 'sarif'], BROKEN);
    const bad = await lint(['-', '--format', 'sarif'], 'kind: Secret\n');

    expect([good.exitCode, bad.exitCode]).toEqual([1, 2]);
    expect([listSarifProblems(good.out), listSarifProblems(bad.out)]).toEqual([[], []]);
  });
});

describe('keyholder lint --out', () => {
  it('writes every format, prints the text and says where they lie', async () => {
    const out = join(makeFolder(), 'reports');

    const result = await lint(['-', '--out', out], BROKEN);

    expect(readdirSync(out).sort()).toEqual(['lint.json', 'lint.sarif', 'lint.txt']);
    expect(result.exitCode).toBe(1);
    expect(result.out).toContain('\nAccess is lost: 1 error in 1 file.\n');
    expect(result.out).toContain(`\nWritten: ${join(out, 'lint.sarif')}\n`);
  });

  it('writes one format alone, and prints its path', async () => {
    const out = makeFolder();

    const result = await lint(['-', '--out', out, '--format', 'sarif'], SOUND);

    expect(result).toEqual({ exitCode: 0, out: `${join(out, 'lint.sarif')}\n`, err: '' });
    expect(readdirSync(out)).toEqual(['lint.sarif']);
  });
});

describe('keyholder lint --fix', () => {
  it('writes the mended file beside the original, and leaves that as it was', async () => {
    const dir = makeFolder({ 'aws-auth.yaml': BROKEN });
    const file = join(dir, 'aws-auth.yaml');
    const before = statSync(file).mtimeMs;

    const { exitCode, out } = await lint(['--fix', file]);

    expect(exitCode).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe(BROKEN);
    expect(statSync(file).mtimeMs).toBe(before);
    expect(readFileSync(`${file}.fixed`, 'utf8')).toBe(SOUND);
    expect(out).toContain(`${file}.fixed: 1 mended, 0 left\n    mended: line 4: `);
    expect((await lint([`${file}.fixed`])).exitCode).toBe(0);
  });

  it('never writes through a link in the place of the mended file', async () => {
    const dir = makeFolder({ 'aws-auth.yaml': BROKEN });
    symlinkSync('aws-auth.yaml', join(dir, 'aws-auth.yaml.fixed'));

    await lint(['--fix', join(dir, 'aws-auth.yaml')]);

    expect(readFileSync(join(dir, 'aws-auth.yaml'), 'utf8')).toBe(BROKEN);
    expect(readFileSync(join(dir, 'aws-auth.yaml.fixed'), 'utf8')).toBe(SOUND);
  });

  it('writes nothing when there is nothing to mend', async () => {
    const dir = makeFolder({ 'aws-auth.yaml': SOUND });

    const { exitCode, out } = await lint(['--fix', join(dir, 'aws-auth.yaml')]);

    expect(exitCode).toBe(0);
    expect(out).toContain('nothing was mended, no file was written');
    expect(readdirSync(dir)).toEqual(['aws-auth.yaml']);
  });

  it('gives what was mended and left to scripts as well', async () => {
    const file = join(makeFolder({ 'aws-auth.yaml': BROKEN }), 'aws-auth.yaml');

    const { out } = await lint(['--fix', '--format', 'json', file]);

    expect(JSON.parse(out).files[0].fix).toMatchObject({ file: `${file}.fixed`, mended: [{ code: 'arn-path' }] });
  });

  it('says so when the mended file cannot be written', async () => {
    const file = join(makeFolder({ 'aws-auth.yaml': BROKEN, 'aws-auth.yaml.fixed/x': '' }), 'aws-auth.yaml');

    const { exitCode, err } = await lint(['--fix', file]);

    expect(exitCode).toBe(2);
    expect(err).toMatch(/^keyholder: expected to write .*aws-auth\.yaml\.fixed, got .*\n$/);
  });
});

describe('keyholder lint of what it cannot check', () => {
  it.each([
    ['no file', [], 'expected aws-auth files to check, or - for standard input, got none'],
    ['a missing file', ['no-such.yaml'], 'expected a file at no-such.yaml, got nothing there'],
    ['a folder', ['test'], 'expected a file at test, got a folder'],
    ['a wrong format', ['--format', 'xml', '-'], 'expected one of text, json, sarif for --format, got "xml"'],
    ['a mending of standard input', ['--fix', '-'], 'expected a file for --fix to write beside, got standard input'],
    ['empty input', ['-'], '-:1:1: expected a ConfigMap, got an empty file'],
  ])('answers %s with one line and exit code 2', async (_name, args, message) => {
    expect(await lint(args)).toEqual({ exitCode: 2, out: '', err: `keyholder: ${message}\n` });
  });

  it('prints what it could check, and names the first of the others on one line', async () => {
    const dir = makeFolder({ 'a.yaml': 'kind: Secret\n', 'b.yaml': BROKEN, 'c.yaml': 'x' });

    const { exitCode, out, err } = await lint(['a.yaml', 'b.yaml', 'c.yaml'].map((name) => join(dir, name)));

    expect(exitCode).toBe(2);
    expect(out).toContain('1 error in 1 file, 2 files not checked.');
    expect(err).toBe(
      `keyholder: ${join(dir, 'a.yaml')}:1:1: expected a ConfigMap, got a Secret (and 1 more that cannot be checked)\n`,
    );
  });

  it('shows every character of a hostile file name', async () => {
    const file = join(makeFolder({ 'x\u001b[2J\ny': BROKEN }), 'x\u001b[2J\ny');

    const { out } = await lint([file]);

    expect(out).toContain('x\\u{1b}[2J\\ny:4:16: error: ');
  });
});
