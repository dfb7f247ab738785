/** Gzip bytes into what they hold, handing on everything that was readable before it reports damage. */
import { createGunzip } from 'node:zlib';
import { KeyholderError } from '../errors.ts';

const KIB = 1024;
/** What is inflated at once. Gzip expands at most 1032 times: a bomb is met with one piece, and taken in small bits then. */
const PIECE_BYTES = 64 * KIB;
const SMALL_PIECE_BYTES = 4 * KIB;
const LARGE_OUTPUT_BYTES = 8 * KIB * KIB;
/** Most pieces come out whole: what does not fit has to wait for the thread that reads. */
const OUTPUT_BYTES = 4 * KIB * KIB;

export function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

const SURPRISES: ReadonlyMap<unknown, string> = new Map([
  ['Z_BUF_ERROR', 'gzip data to its end, got a file that breaks off'],
  ['Z_DATA_ERROR', 'sound gzip data, got damaged data'],
]);

/** Throws KeyholderError('read-failed') that names the file, at the place where it breaks off or is damaged. */
export async function* inflate(name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* inflatePieces(chunks);
  } catch (error) {
    const surprise = error instanceof Error && 'code' in error ? SURPRISES.get(error.code) : undefined;
    if (surprise === undefined) throw error;
    throw new KeyholderError('read-failed', `${name}: expected ${surprise}`, { cause: error });
  }
}

/**
 * A pipeline throws away what it has buffered when the data breaks off. Here each piece is written by itself, and while
 * another thread inflates it the output of the one before is handed on: that is the backpressure as well.
 */
async function* inflatePieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = openGunzip();
  let output: readonly Uint8Array[] = [];
  try {
    for await (const chunk of chunks) {
      // Padding after the last member ends the stream; what follows is still asked for, as its reader hashes it.
      for (let at = 0; at < chunk.length && !stream.isDone(); ) {
        const piece = chunk.subarray(at, at + (sizeOf(output) > LARGE_OUTPUT_BYTES ? SMALL_PIECE_BYTES : PIECE_BYTES));
        const next = stream.write(piece);
        yield* output;
        output = await next;
        at += piece.length;
      }
    }
    yield* output;
    yield* await stream.end();
    stream.throwFailure();
  } finally {
    stream.close();
  }
}

function sizeOf(output: readonly Uint8Array[]): number {
  return output.reduce((size, { length }) => size + length, 0);
}

function openGunzip() {
  const gunzip = createGunzip({ chunkSize: OUTPUT_BYTES });
  let ready: Uint8Array[] = [];
  let failure: Error | null = null;
  let ended = false;
  let wake = () => {};
  gunzip.on('data', (chunk: Uint8Array) => ready.push(chunk));
  gunzip.on('error', (error) => {
    failure = error;
    wake();
  });
  gunzip.on('end', () => {
    ended = true;
    wake();
  });
  const run = async (start: (done: () => void) => void): Promise<readonly Uint8Array[]> => {
    await new Promise<void>((resolve) => {
      wake = resolve;
      start(resolve);
    });
    const output = ready;
    ready = [];
    return output;
  };
  return {
    isDone: () => ended || failure !== null,
    write: (piece: Uint8Array) => run((done) => gunzip.write(piece, () => done())),
    end: async () => (ended || failure !== null ? [] : await run(() => gunzip.end())),
    throwFailure: () => {
      if (failure !== null) throw failure;
    },
    close: () => gunzip.destroy(),
  };
}
