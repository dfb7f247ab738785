import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDirectorySink } from '../../shared/offline/directory-sink.ts';
import { makeFolder } from '../support/temp-folder.ts';

describe('openDirectorySink', () => {
  it('makes the folder, writes the report and says where it lies', async () => {
    const dir = join(makeFolder(), 'a/b');

    const path = await openDirectorySink(dir).write('report.json', '{}\n');

    expect(path).toBe(join(dir, 'report.json'));
    expect(readFileSync(path, 'utf8')).toBe('{}\n');
    expect(readdirSync(dir)).toEqual(['report.json']);
  });

  it('replaces an earlier report', async () => {
    const dir = makeFolder({ 'report.json': 'old, and longer' });

    await openDirectorySink(dir).write('report.json', 'new');

    expect(readFileSync(join(dir, 'report.json'), 'utf8')).toBe('new');
  });

  it('says that the folder is a file', async () => {
    const dir = join(makeFolder({ out: '' }), 'out');

    await expect(openDirectorySink(dir).write('report.json', '{}')).rejects.toMatchObject({
      code: 'write-failed',
      message: `expected to write ${join(dir, 'report.json')}, got a file of that name`,
    });
  });

  it('says that a folder lies where the report belongs, and leaves no draft', async () => {
    const dir = makeFolder();
    mkdirSync(join(dir, 'report.json'));

    await expect(openDirectorySink(dir).write('report.json', '{}')).rejects.toMatchObject({
      message: `expected to write ${join(dir, 'report.json')}, got a folder`,
    });
    expect(readdirSync(dir)).toEqual(['report.json']);
  });

  it('writes nowhere but in its folder', async () => {
    const dir = makeFolder();

    await expect(openDirectorySink(join(dir, 'out')).write('../report.json', '{}')).rejects.toMatchObject({
      code: 'internal',
    });
    expect(readdirSync(dir)).toEqual([]);
  });
});
