/** One live read into how far it got, whatever becomes of it: a source that fails is coverage, and the run goes on. */
import { KeyholderError } from '../errors.ts';
import type { Source } from '../model/coverage.ts';
import type { LiveRead } from '../ports.ts';

export interface Attempt {
  /** What the read was to bring: what is not read of them when it fails as a whole. */
  readonly sources: readonly Source[];
  readonly account: string;
  readonly region: string | null;
  readonly cluster: string | null;
  readonly signal: AbortSignal;
  readonly read: () => Promise<LiveRead>;
}

/** Throws only what keeps every recording from being written. */
export async function attemptRead(attempt: Attempt): Promise<LiveRead> {
  if (attempt.signal.aborted) return describeFailure(attempt, 'out of time: not begun');
  try {
    return await attempt.read();
  } catch (error) {
    if (error instanceof KeyholderError && error.code === 'write-failed') throw error;
    return describeFailure(attempt, describeThrown(error));
  }
}

export function describeThrown(error: unknown): string {
  if (error instanceof KeyholderError) return error.message;
  return `expected no internal error, got: ${error instanceof Error ? error.message : String(error)}`;
}

function describeFailure({ sources, account, region, cluster }: Attempt, reason: string): LiveRead {
  const coverage = sources.map(
    (source) =>
      ({ source, account, region, cluster, part: null, status: 'unavailable', window: null, reason }) as const,
  );
  return { coverage, queries: [], mends: [] };
}
