import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runKeyholder } from '../../cli/run.ts';
import { listSchemaErrors } from '../support/report-schema.ts';
import { CLUSTER, smallEstate } from '../support/small-estate.ts';
import { makeFolder } from '../support/temp-folder.ts';
import { recordWorld } from '../support/world.ts';

const HOME = process.cwd();
afterEach(() => process.chdir(HOME));

const NOW = ['--now', '2026-11-21T00:00:00Z'];

async function audit(dir: string, args: readonly string[], stage: Parameters<typeof recordWorld>[0] = {}) {
  const world = recordWorld(stage);
  const exitCode = await runKeyholder(['audit', '--evidence', dir, ...args], world);
  return { exitCode, out: world.out(), err: world.err() };
}

describe('keyholder audit', () => {
  it('prints a summary and writes every format into out/', async () => {
    const dir = makeFolder(smallEstate());
    process.chdir(makeFolder());

    const { exitCode, out, err } = await audit(dir, NOW);

    expect([exitCode, err]).toEqual([0, '']);
    expect(readdirSync('out').sort()).toEqual([
      'access.csv',
      'compliance.csv',
      'report.html',
      'report.json',
      'report.md',
      'report.txt',
      'scope.md',
    ]);
    expect(out).toContain('payments');
    expect(out).toContain('role/admins');
    expect(out).toContain(join('out', 'report.json'));
    expect(JSON.parse(readFileSync('out/report.json', 'utf8'))).toMatchObject({
      schema: 'keyholder.report/v1',
      generatedAt: '2026-11-21T00:00:00Z',
    });
  });

  it('marks what changed since an earlier report', async () => {
    const dir = makeFolder(smallEstate());
    const { out: before } = await audit(dir, [...NOW, '--format', 'json']);
    const earlier = makeFolder({ 'report.json': before.replaceAll('role/admins', 'role/before') });

    const { out } = await audit(dir, [...NOW, '--format', 'json', '--compare', join(earlier, 'report.json')]);
    const report = JSON.parse(out);

    expect(report.clusters[0].keyholders[0].change).toMatchObject({ kind: 'new', before: null });
    expect(report.comparison.gone).toMatchObject([{ holder: { name: 'arn:aws:iam::111122223333:role/before' } }]);
    expect(listSchemaErrors(report)).toEqual([]);
  });

  it('refuses to compare with what is no report', async () => {
    const dir = makeFolder({ ...smallEstate(), 'report.json': '{}' });

    const state = join(dir, 'state');

    const { exitCode, err } = await audit(dir, ['--state', state, '--compare', join(dir, 'report.json')]);

    expect([exitCode, err]).toEqual([2, expect.stringContaining('expected a report.json of an earlier run in')]);
    expect(existsSync(state)).toBe(false);
  });

  it('refuses a file of state, which it would not look at beside a folder', async () => {
    expect(await audit(makeFolder(smallEstate()), ['--state', 'state.json'])).toEqual({
      exitCode: 2,
      out: '',
      err: 'keyholder: expected a folder for --state beside --evidence, got "state.json"\n',
    });
  });

  it('prints one format to standard output and writes no file', async () => {
    const dir = makeFolder(smallEstate());
    process.chdir(makeFolder());

    const { out } = await audit(dir, [...NOW, '--format', 'json']);

    expect(JSON.parse(out)).toMatchObject({ schema: 'keyholder.report/v1', summary: { clusters: 1 } });
    expect(readdirSync('.')).toEqual([]);
  });

  it('writes one format into a folder and prints where it lies', async () => {
    const out = join(makeFolder(), 'reports');

    const answer = await audit(makeFolder(smallEstate()), [...NOW, '--format', 'csv', '--out', out]);

    expect(answer).toEqual({ exitCode: 0, out: `${join(out, 'access.csv')}\n`, err: '' });
    expect(readdirSync(out)).toEqual(['access.csv']);
  });

  it('says that the reports could not be written', async () => {
    const out = join(makeFolder({ file: '' }), 'file');

    expect(await audit(makeFolder(smallEstate()), [...NOW, '--out', out])).toEqual({
      exitCode: 2,
      out: '',
      err: `keyholder: expected to write ${join(out, 'report.txt')}, got a file of that name\n`,
    });
  });

  it.each([
    ['critical', 1],
    ['info', 1],
  ])('answers --fail-on %s with exit code %i where an admin policy spans the cluster', async (severity, expected) => {
    const { exitCode, err } = await audit(makeFolder(smallEstate()), [
      ...NOW,
      '--format',
      'json',
      '--fail-on',
      severity,
    ]);

    expect([exitCode, err]).toEqual([expected, '']);
  });

  it('answers --fail-on with exit code 0 where nothing of that severity is open', async () => {
    const files = { ...smallEstate(), [`${CLUSTER}/access-entries.json`]: '{"accessEntries": []}' };

    const { exitCode } = await audit(makeFolder(files), [...NOW, '--format', 'json', '--fail-on', 'critical']);

    expect(exitCode).toBe(0);
  });

  it.each([
    ['no trail', '{"trailList": []}', 1],
    ['one that records', null, 0],
  ])('answers --fail-on high for the region alone, where it has %s', async (_what, trails, expected) => {
    const files: Record<string, string | Uint8Array> = smallEstate();
    const { out: quiet } = await audit(makeFolder(files), [...NOW, '--format', 'json']);
    const accepted = JSON.parse(quiet).clusters[0].findings.map(
      ({ fingerprint }: { readonly fingerprint: string }) =>
        `  - {finding: '${fingerprint}', owner: payments, reason: known, expires: '2027-01-31'}`,
    );
    files['keyholder.yml'] = ['acceptedRisks:', ...accepted, ''].join('\n');
    if (trails !== null) files['111122223333/eu-west-1/trails.json'] = trails;

    const { exitCode, err } = await audit(makeFolder(files), [...NOW, '--format', 'json', '--fail-on', 'high']);

    expect([exitCode, err]).toEqual([expected, '']);
  });

  it('takes the time of the clock where --now is not given', async () => {
    const { out } = await audit(makeFolder(smallEstate()), ['--format', 'json']);

    expect(JSON.parse(out).generatedAt).toBe('2026-11-21T12:00:00Z');
  });

  it.each([
    ['2026-11-21', '2026-11-21T00:00:00Z'],
    ['2026-11-21T01:00:00.500+01:00', '2026-11-21T00:00:00.500Z'],
  ])('takes --now %s for %s', async (now, generatedAt) => {
    const { out } = await audit(makeFolder(smallEstate()), ['--format', 'json', '--now', now]);

    expect(JSON.parse(out).generatedAt).toBe(generatedAt);
  });

  it('gives the same bytes whatever the order of the files on disk', async () => {
    const files = smallEstate();
    const forwards = makeFolder(files);
    const backwards = makeFolder(Object.fromEntries(Object.entries(files).reverse()));

    const first = await audit(forwards, [...NOW, '--format', 'json']);
    const second = await audit(backwards, [...NOW, '--format', 'json']);

    expect(second.out).toBe(first.out);
  });

  it('colours a terminal, and neither a pipe nor a plain terminal', async () => {
    const dir = makeFolder(smallEstate());
    const args = [...NOW, '--format', 'text'];

    expect((await audit(dir, args, { terminal: true })).out).toContain('\u001b[');
    expect((await audit(dir, args, { terminal: true, plain: true })).out).not.toContain('\u001b[');
    expect((await audit(dir, args)).out).not.toContain('\u001b[');
  });

  it('shows progress on a terminal and takes it away', async () => {
    const { err } = await audit(makeFolder(smallEstate()), [...NOW, '--format', 'json'], { terminal: true });

    expect(err).toContain('Reading ');
    expect(err.endsWith('\r\u001b[2K')).toBe(true);
  });
});
