import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { patchAwsAuth } from '../../shared/migration/step-commands.ts';
import { openShell, SAY_YES } from '../support/simulated-shell.ts';

describe('patchAwsAuth', () => {
  test('goes on only where nothing has moved', async () => {
    const shell = openShell(SAY_YES);

    await shell.run([patchAwsAuth([{ section: 'mapRoles', before: 'a\n', after: 'b\n' }], '7')]);

    expect(JSON.parse(shell.calls[0]?.args.at(-1) ?? '')).toEqual([
      { op: 'test', path: '/metadata/resourceVersion', value: '7' },
      { op: 'test', path: '/data/mapRoles', value: 'a\n' },
      { op: 'replace', path: '/data/mapRoles', value: 'b\n' },
    ]);
  });

  test('goes by a file where the patch is longer than any word that a program takes', async () => {
    const shell = openShell(SAY_YES);
    const text = `${"it's %s\n".repeat(40_000)}`;

    const { err } = await shell.run([patchAwsAuth([{ section: 'mapRoles', before: null, after: text }], null)]);

    expect(err).toBe('');
    expect(shell.calls[0]?.args.slice(-2)).toEqual(['--patch-file', 'keyholder-patch.json']);
    expect(JSON.parse(readFileSync(join(shell.folder, 'keyholder-patch.json'), 'utf8'))[0].value).toBe(text);
  });
});
