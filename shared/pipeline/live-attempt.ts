/** One live read into how far it got, whatever becomes of it: a source that fails is coverage, and the run goes on. */
import { KeyholderError } from '../errors.ts';
import type { Source } from '../model/coverage.ts';
import type { LiveRead, LiveSources, LiveTask } from '../ports.ts';

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
  if (attempt.signal.aborted) return describeFailure(attempt, { reason: 'out of time: not begun', isCut: true });
  try {
    return await attempt.read();
  } catch (error) {
    if (error instanceof KeyholderError && error.code === 'write-failed') throw error;
    const isCut = error instanceof KeyholderError && error.refusal === 'cut';
    return describeFailure(attempt, { reason: describeThrown(error), isCut });
  }
}

/** What lies with an account itself, whatever its regions. */
export function attemptAccount(
  sources: Pick<LiveSources, 'readAccount'>,
  account: string,
  task: LiveTask,
): Promise<LiveRead> {
  return attemptRead({
    sources: ['iam', 'identity-center', 'organizations'],
    account,
    region: null,
    cluster: null,
    signal: task.signal,
    read: () => sources.readAccount(account, task),
  });
}

/** It said so itself: of anything else nobody knows. */
export function isDenied(error: unknown): boolean {
  return error instanceof KeyholderError && error.refusal === 'denied';
}

export function describeThrown(error: unknown): string {
  if (error instanceof KeyholderError) return error.message;
  return `expected no internal error, got: ${error instanceof Error ? error.message : String(error)}`;
}

function describeFailure(
  { sources, account, region, cluster }: Attempt,
  { reason, isCut }: { readonly reason: string; readonly isCut: boolean },
): LiveRead {
  const row = { account, region, cluster, part: null, status: 'unavailable', window: null, reason } as const;
  const coverage = sources.map((source) => ({ ...row, source, ...(isCut ? { isCut } : {}) }));
  return { coverage, queries: [], mends: [] };
}
