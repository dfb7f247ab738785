/** Files and standard input, as a command line names them, into RawFiles of records. */
import { lstat, realpath } from 'node:fs/promises';
import { KeyholderError } from '../errors.ts';
import type { RawFile } from '../ports.ts';
import { inflate, isGzip } from './inflate.ts';
import { openStoredFile, READ_LIMITS } from './stored-file.ts';
import { nameSystemError } from './system-error.ts';

/** Throws KeyholderError('unreadable-input') for what is no file; a symbolic link to one is followed. */
export async function openRecordFile(path: string): Promise<RawFile> {
  try {
    const real = await realpath(path);
    const stats = await lstat(real);
    if (stats.isFile()) return openStoredFile({ file: path, path: real, kind: 'log' }, READ_LIMITS);
  } catch (error) {
    throw new KeyholderError('unreadable-input', `expected a file at ${path}, got ${nameSystemError(error)}`, {
      cause: error,
    });
  }
  throw new KeyholderError('unreadable-input', `expected a file at ${path}, got something else`);
}

/** Decompressed by content, as a file is; nothing is kept of it to hash. */
export function openRecordStream(name: string, chunks: AsyncIterable<Uint8Array>): RawFile {
  return { file: name, sha256: () => null, read: () => inflateIfGzip(chunks) };
}

async function* inflateIfGzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) return;
  const rest = async function* () {
    yield first.value;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  };
  yield* isGzip(first.value) ? inflate(rest()) : rest();
}
