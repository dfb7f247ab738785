import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openObjectRecorder } from '../../shared/offline/object-recorder.ts';
import { openMemoryObjects } from '../support/memory-objects.ts';

async function* parts(): AsyncGenerator<string> {
  yield 'one\n';
  yield 'two\n';
}

describe('openObjectRecorder', () => {
  it('packs texts and streams alike, with the same bytes each time', async () => {
    const store = openMemoryObjects();
    const recorder = openObjectRecorder(store, 'runs/one/');

    await recorder.write('a.log', 'one\ntwo\n');
    await recorder.write('b.log', parts());
    const first = store.objects.get('runs/one/b.log.gz') ?? new Uint8Array();
    await recorder.write('b.log', parts());

    expect([...store.objects.keys()]).toEqual(['runs/one/a.log.gz', 'runs/one/b.log.gz']);
    expect(gunzipSync(store.objects.get('runs/one/a.log.gz') ?? '').toString()).toBe('one\ntwo\n');
    expect(gunzipSync(first).toString()).toBe('one\ntwo\n');
    expect(store.objects.get('runs/one/b.log.gz')).toEqual(first);
  });

  it('leaves nothing of a source that throws', async () => {
    const store = openMemoryObjects();
    async function* broken(): AsyncGenerator<string> {
      yield 'one\n';
      throw new Error('broke off');
    }

    await expect(openObjectRecorder(store, 'runs/one/').write('a.log', broken())).rejects.toThrow('broke off');
    expect(store.objects.size).toBe(0);
  });

  it('refuses a path that leaves the folder', async () => {
    const recorder = openObjectRecorder(openMemoryObjects(), 'runs/one/');

    for (const path of ['../two/a.json', 'a//b', 'a/./b', 'a\nb', 'c:\\d']) {
      await expect(recorder.write(path, '')).rejects.toThrow('expected a path that stays within the evidence folder');
    }
    await expect(recorder.addPlace('../two')).rejects.toMatchObject({ code: 'write-failed' });
  });
});
