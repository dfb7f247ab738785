/** What every store of objects must do, whatever it keeps them in. */
import { describe, expect, test } from 'vitest';
import type { ObjectStore } from '../../shared/ports.ts';

export function describeObjectStore(name: string, open: () => Promise<ObjectStore>): void {
  describe(`${name} as a store of objects`, () => {
    test('has nothing at first', async () => {
      const store = await open();
      expect(await store.read('a/b.json')).toBeNull();
      expect(await store.list('')).toEqual([]);
    });

    test('gives back text and bytes, whole', async () => {
      const store = await open();
      await store.write('a/text.json', '{"ü": "\u0000"}');
      await store.write('a/bytes.gz', Buffer.from([0, 255, 1]));
      await store.write('a/empty', '');

      expect(Buffer.from((await store.read('a/text.json')) ?? []).toString()).toBe('{"ü": "\u0000"}');
      expect([...((await store.read('a/bytes.gz')) ?? [])]).toEqual([0, 255, 1]);
      expect([...((await store.read('a/empty')) ?? [1])]).toEqual([]);
    });

    test('takes the later of two writes', async () => {
      const store = await open();
      await store.write('a', 'first, and longer');
      await store.write('a', 'second');
      expect(Buffer.from((await store.read('a')) ?? []).toString()).toBe('second');
    });

    test('lists the keys that begin so, in the order of their bytes', async () => {
      const store = await open();
      for (const key of ['a/c', 'a/b/z', 'a/b-1', 'b', 'a/B']) await store.write(key, key);
      expect(await store.list('a/')).toEqual(['a/B', 'a/b-1', 'a/b/z', 'a/c']);
      expect(await store.list('a/b')).toEqual(['a/b-1', 'a/b/z']);
      expect(await store.list('c')).toEqual([]);
    });
  });
}
