/** Calls and attempts into counts by account, region, service and operation. */
import type { PacedCall } from './pace.ts';

export interface CallCount extends PacedCall {
  readonly calls: number;
  /** Calls and their repetitions: what the account's limits see. */
  readonly attempts: number;
}

export interface CallCounts {
  readonly addCall: (call: PacedCall) => void;
  readonly addAttempt: (call: PacedCall) => void;
  /** In the order in which they were first made. */
  readonly list: () => readonly CallCount[];
}

export function createCallCounts(): CallCounts {
  const counts = new Map<string, CallCount>();
  const add = (call: PacedCall, { calls, attempts }: Pick<CallCount, 'calls' | 'attempts'>): void => {
    const { account, region, service, operation } = call;
    const key = `${account}/${region}/${service}:${operation}`;
    const known = counts.get(key) ?? { account, region, service, operation, calls: 0, attempts: 0 };
    counts.set(key, { ...known, calls: known.calls + calls, attempts: known.attempts + attempts });
  };
  return {
    addCall: (call) => add(call, { calls: 1, attempts: 0 }),
    addAttempt: (call) => add(call, { calls: 0, attempts: 1 }),
    list: () => [...counts.values()],
  };
}
