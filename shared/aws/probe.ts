/** One call that costs next to nothing into whether a live run may make it. */
import type { Source } from '../model/coverage.ts';
import type { Probe } from '../model/preflight.ts';
import { askAws } from './call.ts';
import type { Failure } from './failure.ts';

export interface Probing<T> {
  readonly source: Source;
  /** IAM action. */
  readonly action: string;
  readonly resource?: string;
  readonly on: string;
  readonly call: () => Promise<T>;
  /** Failures that are none, such as a query that ended before it was stopped. */
  readonly passes?: (failure: Failure) => boolean;
}

export async function probe<T>(probing: Probing<T>): Promise<{ readonly probe: Probe; readonly value: T | null }> {
  const { source, action, resource = '*', on, call, passes = () => false } = probing;
  const { value, failure } = await askAws({ action, resource, on }, call);
  if (failure === null || passes(failure)) return { probe: readable(source, action), value };
  const { status, reason, mend } = failure;
  return { probe: { source, action, status, reason, mend }, value: null };
}

export function readable(source: Source, action: string): Probe {
  return { source, action, status: 'readable', reason: null, mend: null };
}
