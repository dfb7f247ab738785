/** One file on disk into the RawFile of the ports: opened late, decompressed by content, never past its limits. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { KeyholderError } from '../errors.ts';
import type { RawFile } from '../ports.ts';
import { inflate, isGzip } from './inflate.ts';
import { nameSystemError } from './system-error.ts';

const MIB = 1024 * 1024;
const READ_BYTES = 256 * 1024;

export interface ReadLimits {
  /** Documents are parsed as a whole, so their size is bounded. */
  readonly documentBytes: number;
  /** Logs stream and may be of any size; what expands beyond both of these is a bomb, not a log. */
  readonly expandedBytes: number;
  readonly expandedRatio: number;
}

export const READ_LIMITS: ReadLimits = { documentBytes: 256 * MIB, expandedBytes: 256 * MIB, expandedRatio: 200 };

export interface StoredFile {
  /** Path below the evidence folder. */
  readonly file: string;
  /** Where it lies on disk. */
  readonly path: string;
  readonly kind: 'document' | 'log';
}

export function openStoredFile(stored: StoredFile, limits: ReadLimits): RawFile {
  let sha256: string | null = null;
  const keepHash = (digest: string) => {
    sha256 = digest;
  };
  return {
    file: stored.file,
    sha256: () => sha256,
    async *read() {
      try {
        yield* readWithinLimits(stored, limits, keepHash);
      } catch (error) {
        if (error instanceof KeyholderError) throw error;
        throw readFailed(stored, `a readable file, got ${nameSystemError(error)}`, error);
      }
    },
  };
}

async function* readWithinLimits(stored: StoredFile, limits: ReadLimits, keepHash: (digest: string) => void) {
  const { handle, size } = await openPlainFile(stored);
  try {
    // Known beforehand, so that a huge document is not read up to its limit only to be dropped.
    refuseExcess(stored, limits, { stored: size, expanded: stored.kind === 'document' ? size : 0 });
    const meter = { bytes: 0 };
    const bytes = readBytes(handle, meter, keepHash);
    const start = await bytes.next();
    const first = start.done === true ? new Uint8Array() : start.value;
    const compressed = isGzip(first);
    if (!compressed && stored.file.endsWith('.gz')) {
      const got = first.length === 0 ? 'an empty file' : 'other data';
      throw readFailed(stored, `gzip data, as the name says, got ${got}`);
    }
    let expanded = 0;
    for await (const chunk of compressed ? inflate(stored.file, chain(first, bytes)) : chain(first, bytes)) {
      expanded += chunk.length;
      refuseExcess(stored, limits, { stored: meter.bytes, expanded });
      yield chunk;
    }
  } finally {
    await handle.close();
  }
}

/** Not blocking and not following, in case the file was replaced by a pipe or a link since the folder was listed. */
async function openPlainFile(stored: StoredFile): Promise<{ handle: FileHandle; size: number }> {
  const handle = await open(stored.path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  const stats = await handle.stat();
  if (stats.isFile()) return { handle, size: stats.size };
  await handle.close();
  throw readFailed(stored, 'a file, got something else in its place');
}

async function* readBytes(handle: FileHandle, meter: { bytes: number }, keepHash: (digest: string) => void) {
  const hash = createHash('sha256');
  for (;;) {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(READ_BYTES), 0, READ_BYTES, null);
    if (bytesRead === 0) break;
    const chunk: Uint8Array = buffer.subarray(0, bytesRead);
    hash.update(chunk);
    meter.bytes += bytesRead;
    yield chunk;
  }
  keepHash(hash.digest('hex'));
}

async function* chain(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first;
  yield* rest;
}

function refuseExcess(stored: StoredFile, limits: ReadLimits, bytes: { stored: number; expanded: number }): void {
  const { documentBytes, expandedBytes, expandedRatio } = limits;
  if (stored.kind === 'document') {
    if (bytes.expanded > documentBytes) throw readFailed(stored, `at most ${renderSize(documentBytes)}, got more`);
  } else if (bytes.expanded > expandedBytes && bytes.expanded > bytes.stored * expandedRatio) {
    const expected = `a log that beyond ${renderSize(expandedBytes)} expands to at most ${expandedRatio} times its size`;
    throw readFailed(stored, `${expected}, got more: it was read so far and no further`);
  }
}

function renderSize(bytes: number): string {
  return bytes >= MIB ? `${Math.round(bytes / MIB)} MiB` : `${bytes} bytes`;
}

/** `surprise` reads on from "expected". */
function readFailed(stored: StoredFile, surprise: string, cause?: unknown): KeyholderError {
  return new KeyholderError('read-failed', `${stored.file}: expected ${surprise}`, { cause });
}
