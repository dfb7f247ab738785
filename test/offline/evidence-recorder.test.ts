import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEvidenceRecorder } from '../../shared/offline/evidence-recorder.ts';
import { makeFolder } from '../support/temp-folder.ts';

async function* parts(...texts: readonly (string | Error)[]): AsyncGenerator<string> {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield text;
  }
}

describe('openEvidenceRecorder', () => {
  it('writes texts and streams below the folder, which it makes', async () => {
    const dir = join(makeFolder(), 'new');
    const recorder = await openEvidenceRecorder(dir);

    await recorder.write('a/b/c.json', '{}');
    await recorder.write('a/b/d.log', parts('one\n', 'two\n'));
    await recorder.addPlace('a/empty');

    expect(readdirSync(dir, { recursive: true }).sort()).toEqual(['a', 'a/b', 'a/b/c.json', 'a/b/d.log', 'a/empty']);
    expect(readFileSync(join(dir, 'a/b/d.log'), 'utf8')).toBe('one\ntwo\n');
  });

  it.each([
    '../outside',
    'a/../../outside',
    '/etc/passwd',
    'a//b',
    '',
    'a/.',
    'a\\..\\b',
    'a/b\u0000c',
    `a/${'x'.repeat(300)}`,
  ])('refuses %j', async (file) => {
    const recorder = await openEvidenceRecorder(makeFolder());

    await expect(recorder.write(file, '')).rejects.toThrow('expected a path that stays within the evidence folder');
    await expect(recorder.addPlace(file)).rejects.toThrow('expected a path that stays within the evidence folder');
  });

  it('follows no link that somebody put there meanwhile', async () => {
    const dir = makeFolder();
    const outside = makeFolder({ secret: 'kept' });
    const recorder = await openEvidenceRecorder(dir);
    mkdirSync(join(dir, 'a'));
    symlinkSync(join(outside, 'secret'), join(dir, 'a/link'));

    await expect(recorder.write('a/link', 'gone')).rejects.toThrow('symbolic link');
    expect(readFileSync(join(outside, 'secret'), 'utf8')).toBe('kept');
  });

  it('leaves no file of a stream that breaks off', async () => {
    const dir = makeFolder();
    const recorder = await openEvidenceRecorder(dir);

    await expect(recorder.write('a.log', parts('one\n', new Error('broke')))).rejects.toThrow('broke');
    expect(readdirSync(dir)).toEqual([]);
  });

  it('refuses a folder that holds anything, and a file in its place', async () => {
    const dir = makeFolder({ old: '' });

    await expect(openEvidenceRecorder(dir)).rejects.toThrow('got one that holds old');
    await expect(openEvidenceRecorder(join(dir, 'old'))).rejects.toThrow('got a file of that name');
  });
});
