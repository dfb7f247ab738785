/** The time that a function has left into a signal that ends its reads while there is time to write what was read. */
import type { Progress } from '../ports.ts';

const KEPT_MS = 60_000;

/** Of the context of a Lambda. */
export interface Remaining {
  readonly getRemainingTimeInMillis: () => number;
}

export function stopBefore({ getRemainingTimeInMillis }: Remaining): AbortSignal {
  const leftMs = getRemainingTimeInMillis() - KEPT_MS;
  return leftMs > 0 ? AbortSignal.timeout(leftMs) : AbortSignal.abort();
}

/** Nobody watches a function. */
export const UNWATCHED: Progress = { step: () => undefined, end: () => undefined };
