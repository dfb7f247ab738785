/** Files and standard input, as a command line names them, into RawFiles of records. */
import { lstat, realpath } from 'node:fs/promises';
import { KeyholderError } from '../errors.ts';
import type { RawFile } from '../ports.ts';
import { inflate, isGzip } from './inflate.ts';
import { openStoredFile, READ_LIMITS } from './stored-file.ts';
import { nameSystemError } from './system-error.ts';

/** Throws KeyholderError('unreadable-input') for what is no file; a symbolic link to one is followed. */
export async function openRecordFile(path: string): Promise<RawFile> {
  let isFolder: boolean;
  try {
    const real = await realpath(path);
    const stats = await lstat(real);
    isFolder = stats.isDirectory();
    if (stats.isFile()) return openStoredFile({ file: path, path: real, kind: 'log' }, READ_LIMITS);
  } catch (error) {
    throw new KeyholderError('unreadable-input', `expected a file at ${path}, got ${nameSystemError(error)}`, {
      cause: error,
    });
  }
  throw new KeyholderError(
    'unreadable-input',
    `expected a file at ${path}, got ${isFolder ? 'a folder' : 'something else'}`,
  );
}

/** The same, but for what is found there only when it is read: one bad name among many does not keep the rest unread. */
export function nameRecordFile(path: string): RawFile {
  return {
    file: path,
    sha256: () => null,
    async *read() {
      yield* (await openRecordFile(path)).read();
    },
  };
}

/** Decompressed by content, as a file is; nothing is kept of it to hash. */
export function openRecordStream(name: string, chunks: AsyncIterable<Uint8Array>): RawFile {
  return {
    file: name,
    sha256: () => null,
    async *read() {
      try {
        yield* inflateIfGzip(name, chunks);
      } catch (error) {
        if (error instanceof KeyholderError) throw error;
        const message = `${name}: expected readable input, got ${nameSystemError(error)}`;
        throw new KeyholderError('read-failed', message, { cause: error });
      }
    },
  };
}

async function* inflateIfGzip(name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) return;
  const rest = async function* () {
    yield first.value;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  };
  yield* isGzip(first.value) ? inflate(name, rest()) : rest();
}
