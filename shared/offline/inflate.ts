/** Gzip bytes into what they hold, handing on everything that was readable before it reports damage. */
import { createGunzip } from 'node:zlib';

const OUTPUT_BYTES = 64 * 1024;

export function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

/**
 * A pipeline throws away what it has buffered when the data breaks off. Here each chunk is written by itself and its
 * output taken before the next one is asked for, which is the backpressure as well.
 */
export async function* inflate(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: OUTPUT_BYTES });
  const state: { ready: Uint8Array[]; failure: Error | null; ended: boolean; wake: () => void } = {
    ready: [],
    failure: null,
    ended: false,
    wake: () => {},
  };
  gunzip.on('data', (chunk: Uint8Array) => state.ready.push(chunk));
  gunzip.on('error', (error) => {
    state.failure = error;
    state.wake();
  });
  gunzip.on('end', () => {
    state.ended = true;
    state.wake();
  });
  const run = async (start: (done: () => void) => void): Promise<Uint8Array[]> => {
    await new Promise<void>((resolve) => {
      state.wake = resolve;
      start(resolve);
    });
    return state.ready.splice(0);
  };
  try {
    for await (const chunk of chunks) {
      // Padding after the last member ends the stream; what follows is still asked for, as its reader hashes it.
      if (state.ended) continue;
      yield* await run((done) => gunzip.write(chunk, () => done()));
      if (state.failure !== null) throw state.failure;
    }
    if (!state.ended) yield* await run(() => gunzip.end());
    if (state.failure !== null) throw state.failure;
  } finally {
    gunzip.destroy();
  }
}
