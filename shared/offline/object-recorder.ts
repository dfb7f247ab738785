/** What a live run reads into the objects of an evidence folder, each packed. */
import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';
import { KeyholderError } from '../errors.ts';
import type { EvidenceRecorder, ObjectStore } from '../ports.ts';

/** `prefix` ends with a slash. */
export function openObjectRecorder(store: ObjectStore, prefix: string): EvidenceRecorder {
  return {
    async write(file, text) {
      refuseEscape(file);
      await store.write(`${prefix}${file}.gz`, typeof text === 'string' ? gzipSync(text) : await pack(text));
    },
    // As tools for S3 show an empty folder.
    async addPlace(folder) {
      refuseEscape(folder);
      await store.write(`${prefix}${folder}/`, '');
    },
  };
}

/** A log may be larger than memory takes; packed, it is not. */
async function pack(text: AsyncIterable<string>): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  await pipeline(text, createGzip(), async (packed: AsyncIterable<Buffer>) => {
    for await (const part of packed) parts.push(part);
  });
  return Buffer.concat(parts);
}

/** Whoever copies the bucket to a disk makes a path of each key. */
function refuseEscape(path: string): void {
  const isPlain = path.split('/').every((part) => part !== '' && !/^\.{1,2}$|[\\:\p{Cc}]/u.test(part));
  if (isPlain && path.length <= 700) return;
  const expected = 'a path that stays within the evidence folder';
  throw new KeyholderError('write-failed', `expected ${expected}, got ${JSON.stringify(path.slice(0, 200))}`);
}
