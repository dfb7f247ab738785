import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
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

  it('leaves the first signal to whoever listens inside, and ends at the next one', async () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    const heard: string[] = [];

    await withTemporaryFolder(async (path) => {
      process.once('SIGHUP', (signal) => heard.push(signal));

      process.emit('SIGHUP', 'SIGHUP');
      expect([heard, existsSync(path), kill.mock.calls]).toEqual([['SIGHUP'], true, []]);

      process.emit('SIGHUP', 'SIGHUP');
      expect([existsSync(path), kill.mock.calls]).toEqual([false, [[process.pid, 'SIGHUP']]]);
    }).finally(() => kill.mockRestore());

    expect(process.listenerCount('SIGHUP')).toBe(0);
  });
});
