import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFolderFiles } from '../../shared/offline/folder-files.ts';
import { makeFolder } from '../support/temp-folder.ts';

/** Permissions do not hold root back. */
const isRoot = process.getuid?.() === 0;

describe('listFolderFiles', () => {
  it('lists every file below a folder', async () => {
    const { files, others } = await listFolderFiles(makeFolder({ 'b.json': '', 'a/c.json': '' }));

    expect([files.map(({ file }) => file), others]).toEqual([['b.json', 'a/c.json'], []]);
  });

  it.skipIf(isRoot)('says of a folder below that it cannot be listed', async () => {
    const dir = makeFolder({ 'a/c.json': '' });
    chmodSync(join(dir, 'a'), 0o000);

    const listing = listFolderFiles(dir).finally(() => chmodSync(join(dir, 'a'), 0o700));

    await expect(listing).rejects.toThrow('a: expected a folder that can be listed, got permission denied');
  });
});
