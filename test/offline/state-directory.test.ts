import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStateDirectory } from '../../shared/offline/state-directory.ts';
import { describeFindingStore } from '../contracts/finding-store.ts';
import { describeRememberedHistory } from '../contracts/remembered-history.ts';

async function openFolder() {
  const dir = await mkdtemp(join(tmpdir(), 'keyholder-state-'));
  return { dir, store: openStateDirectory(join(dir, 'state')), close: () => rm(dir, { recursive: true }) };
}

describeFindingStore('a folder', openFolder);
describeRememberedHistory('a folder', openFolder);

describe('a folder of state', () => {
  const row = { partition: 'estate', key: 'run', version: 1, body: 'first', expiresAt: null };

  test('survives a writer that was stopped half way', async () => {
    const { dir, store, close } = await openFolder();
    await store.put(row);
    const [folder = ''] = await readdir(join(dir, 'state'));
    await writeFile(join(dir, 'state', folder, 'half.draft'), '{"partition":"es');
    expect(await store.list('estate', '')).toEqual([row]);
    expect(await store.put({ ...row, version: 2, body: 'second' })).toBe(true);
    await close();
  });

  test('is for its owner alone', async () => {
    const { dir, store, close } = await openFolder();
    await store.put(row);
    const paths = await readdir(join(dir, 'state'), { recursive: true });
    const modes = await Promise.all(['', ...paths].map(async (path) => (await stat(join(dir, 'state', path))).mode));
    expect(modes.map((mode) => mode & 0o777)).toEqual([0o700, 0o700, 0o600]);
    await close();
  });

  test('leaves one file for each row behind', async () => {
    const { dir, store, close } = await openFolder();
    for (const version of [1, 2, 3]) await store.put({ ...row, version });
    const [folder = ''] = await readdir(join(dir, 'state'));
    expect(await readdir(join(dir, 'state', folder))).toHaveLength(1);
    await close();
  });

  test('names a file that somebody broke', async () => {
    const { dir, store, close } = await openFolder();
    await store.put(row);
    const [folder = ''] = await readdir(join(dir, 'state'));
    const [file = ''] = await readdir(join(dir, 'state', folder));
    await writeFile(join(dir, 'state', folder, file), '{"partition":');
    await expect(store.get('estate', 'run')).rejects.toThrow(
      /^expected to read the state in .+, got a file that is not JSON$/,
    );
    await close();
  });
});
