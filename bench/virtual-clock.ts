/** Time that passes only when everybody waits: an hour of calls is over as soon as its work is done. */
import type { Timer } from '../shared/aws/pace.ts';

export interface VirtualClock extends Timer {
  /** Passes time until the work is done. */
  readonly run: <T>(work: Promise<T>) => Promise<T>;
}

interface Sleeper {
  readonly atMs: number;
  readonly wake: () => void;
}

/** Rounds of the event loop in which what was woken may go on before time passes again. */
const ROUNDS = 3;

export function createVirtualClock(): VirtualClock {
  let nowMs = 0;
  const sleepers: Sleeper[] = [];
  return {
    nowMs: () => nowMs,
    sleep: (ms) =>
      new Promise((wake) => {
        insert(sleepers, { atMs: nowMs + Math.max(0, ms), wake });
      }),
    async run(work) {
      const state = { isDone: false };
      const end = (): void => {
        state.isDone = true;
      };
      work.then(end, end);
      while (!state.isDone) {
        for (let round = 0; round < ROUNDS; round += 1) await new Promise((resolve) => setImmediate(resolve));
        const next = sleepers[0]?.atMs;
        if (next === undefined) continue;
        nowMs = next;
        while (sleepers[0]?.atMs === next) sleepers.shift()?.wake();
      }
      return work;
    },
  };
}

/** Of those that wake at one moment, the first to sleep is the first to wake. */
function insert(sleepers: Sleeper[], sleeper: Sleeper): void {
  let low = 0;
  let high = sleepers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sleepers[middle]?.atMs ?? 0) <= sleeper.atMs) low = middle + 1;
    else high = middle;
  }
  sleepers.splice(low, 0, sleeper);
}
