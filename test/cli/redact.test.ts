import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runKeyholder } from '../../cli/run.ts';
import { smallEstate } from '../support/small-estate.ts';
import { makeFolder } from '../support/temp-folder.ts';
import { recordWorld } from '../support/world.ts';

async function runIn(args: readonly string[]) {
  const world = recordWorld();
  const exitCode = await runKeyholder(args, world);
  return { exitCode, out: world.out(), err: world.err() };
}

describe('keyholder redact', () => {
  it('writes a folder that an audit reads, and says how many files there are', async () => {
    const out = join(makeFolder(), 'shared');

    const { exitCode, out: told } = await runIn(['redact', makeFolder(smallEstate()), '--out', out, '--seed', 'x']);
    const audit = await runIn(['audit', '--evidence', out, '--format', 'json']);

    expect([exitCode, told.split('.')[0]]).toEqual([0, `${Object.keys(smallEstate()).length} files written to ${out}`]);
    expect(JSON.parse(audit.out)).toMatchObject({ summary: { clusters: 1, keyholders: 1 } });
    expect(readFileSync(join(out, 'manifest.json'), 'utf8')).toContain('keyholder.evidence/v1');
  });

  it('draws other names each time without a seed', async () => {
    const dir = makeFolder(smallEstate());
    const [one, two] = [join(makeFolder(), 'a'), join(makeFolder(), 'b')];
    await runIn(['redact', dir, '--out', one]);
    await runIn(['redact', dir, '--out', two]);
    const holderOf = async (folder: string) => {
      const { out } = await runIn(['audit', '--evidence', folder, '--format', 'csv']);
      return out.split('\n')[1]?.split(',')[4];
    };

    expect(await holderOf(one)).not.toBe(await holderOf(two));
  });

  it.each([
    ['no folder to write', [], 'expected --out DIR'],
    ['an empty seed', ['--out', 'x', '--seed', ''], 'expected some text for --seed'],
  ])('refuses %s with one line and exit code 2', async (_what, flags, message) => {
    const { exitCode, err } = await runIn(['redact', makeFolder(smallEstate()), ...flags]);

    expect([exitCode, err.includes(message)]).toEqual([2, true]);
  });

  it('never writes below the folder that it reads', async () => {
    const dir = makeFolder(smallEstate());

    const { exitCode, err } = await runIn(['redact', dir, '--out', join(dir, 'shared', 'first')]);

    expect([exitCode, err]).toEqual([2, expect.stringContaining(`expected a folder outside of ${dir} for --out, got`)]);
    expect(existsSync(join(dir, 'shared'))).toBe(false);
  });

  it('never writes into a folder that holds something', async () => {
    const full = makeFolder({ 'mine.txt': 'mine' });

    const { exitCode, err } = await runIn(['redact', makeFolder(smallEstate()), '--out', full]);

    expect([exitCode, err]).toEqual([2, expect.stringContaining('expected a new or an empty folder')]);
    expect(readFileSync(join(full, 'mine.txt'), 'utf8')).toBe('mine');
  });
});
