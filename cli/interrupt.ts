/** A time limit and Ctrl-C into the signal that ends a live run, so that no query goes on in AWS that nobody waits for. */
import { KeyholderError } from '../shared/errors.ts';
import type { World } from './world.ts';

/** Some 24 days: a timer of more fires at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Throws KeyholderError when the run was interrupted, once it has stopped what it began. */
export async function runUntil<T>(
  { onInterrupt }: World,
  timeoutMs: number,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const interrupt = new AbortController();
  const forget = onInterrupt?.(() => interrupt.abort());
  try {
    const result = await run(AbortSignal.any([interrupt.signal, AbortSignal.timeout(Math.min(timeoutMs, LONGEST_MS))]));
    if (!interrupt.signal.aborted) return result;
    throw new KeyholderError('read-failed', 'interrupted; no log query was left running');
  } finally {
    forget?.();
  }
}
