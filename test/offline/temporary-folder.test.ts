import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withTemporaryFolder } from '../../shared/offline/temporary-folder.ts';

describe('withTemporaryFolder', () => {
  it('gives a folder for its owner alone, and removes it with what it holds', async () => {
    const dir = await withTemporaryFolder(async (path) => {
      writeFileSync(join(path, 'a'), '');
      expect(statSync(path).mode & 0o777).toBe(0o700);
      return path;
    });

    expect(existsSync(dir)).toBe(false);
  });

  it('removes it when its use fails', async () => {
    let dir = '';

    await expect(
      withTemporaryFolder(async (path) => {
        dir = path;
        throw new Error('failed');
      }),
    ).rejects.toThrow('failed');
    expect(existsSync(dir)).toBe(false);
  });
});
