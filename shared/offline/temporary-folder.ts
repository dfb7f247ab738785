/** A folder for the time of one run, for its owner alone, gone afterwards even when the run is interrupted. */
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export async function withTemporaryFolder<T>(use: (dir: string) => Promise<T>): Promise<T> {
  // mkdtemp makes it with mode 0700.
  const dir = await mkdtemp(join(tmpdir(), 'keyholder-'));
  const removeAndEnd = (signal: NodeJS.Signals) => {
    // Whoever listens inside of the use ends it in peace, and the folder goes with it: only a second signal comes here.
    if (process.listenerCount(signal) > 1) return;
    rmSync(dir, { recursive: true, force: true });
    process.off(signal, removeAndEnd);
    // The signal again, now without us: the shell sees how the process ended.
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.on(signal, removeAndEnd);
  try {
    return await use(dir);
  } finally {
    for (const signal of SIGNALS) process.off(signal, removeAndEnd);
    await rm(dir, { recursive: true, force: true });
  }
}
