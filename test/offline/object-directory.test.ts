import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openObjectDirectory } from '../../shared/offline/object-directory.ts';
import { describeObjectStore } from '../contracts/object-store.ts';
import { describeSnapshotStore } from '../contracts/snapshot-store.ts';
import { makeFolder } from '../support/temp-folder.ts';

describeObjectStore('a folder', async () => openObjectDirectory(join(makeFolder(), 'objects')));
describeSnapshotStore('a folder', async () => openObjectDirectory(join(makeFolder(), 'objects')));

describe('openObjectDirectory', () => {
  test.each(['../a', 'a/../b', '/a', 'a//b', '.hidden', 'a\\b', 'C:/a', 'a\u0000b', ''])(
    'refuses the key %j, which would leave the folder',
    async (key) => {
      await expect(openObjectDirectory(makeFolder()).write(key, '')).rejects.toThrow(
        'expected a key that stays within the folder',
      );
    },
  );

  test('leaves no draft behind, and files that only the owner reads', async () => {
    const dir = makeFolder();
    await openObjectDirectory(dir).write('a.json', '{}');
    expect(readdirSync(dir)).toEqual(['a.json']);
    expect(statSync(join(dir, 'a.json')).mode & 0o077).toBe(0);
  });

  test('says what it could not write, and why', async () => {
    const dir = makeFolder({ a: 'a file' });
    await expect(openObjectDirectory(dir).write('a/b', '')).rejects.toMatchObject({
      code: 'write-failed',
      message: `expected to write ${join(dir, 'a/b')}, got a file of that name`,
    });
  });

  test('removes what lies below a key, and nothing beside it', async () => {
    const store = openObjectDirectory(makeFolder());
    for (const key of ['a/1/x', 'a/1/y', 'a/2/x']) await store.write(key, '');
    await store.remove('a/1/');
    expect(await store.list('')).toEqual(['a/2/x']);
  });
});
