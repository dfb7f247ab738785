/** Calls that a process waits for: each has two moments at which it may die, before the call is made and when it was. */
import type { FindingStore } from '../../shared/ports.ts';

type Call<Args extends readonly unknown[], Answer> = (...args: Args) => Promise<Answer>;

export interface Moments {
  /** So far. */
  readonly count: () => number;
  readonly guard: <Args extends readonly unknown[], Answer>(call: Call<Args, Answer>) => Call<Args, Answer>;
  readonly guardStore: (store: FindingStore) => FindingStore;
}

/** `strike` is told the number of each moment, from 1 on, and throws where it is the last. */
export function countMoments(strike: (moment: number) => void): Moments {
  let moments = 0;
  const pass = (): void => {
    moments += 1;
    strike(moments);
  };
  const guard: Moments['guard'] =
    (call) =>
    async (...args) => {
      pass();
      const answer = await call(...args);
      pass();
      return answer;
    };
  return {
    count: () => moments,
    guard,
    guardStore: (store) => ({ get: guard(store.get), list: guard(store.list), put: guard(store.put) }),
  };
}
