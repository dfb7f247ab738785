/** Writers that share one store, in every order that their calls of it can have. */
import type { FindingStore, StoredItem } from '../../shared/ports.ts';
import { createMemoryStore } from './memory-store.ts';

export interface Interleaving {
  /** Whose call came first, second, ...: by the number of the writer. */
  readonly order: readonly number[];
  readonly store: FindingStore;
}

export type Writer = (store: FindingStore) => Promise<unknown>;

/** Runs the writers once for each order; `prepare` fills the store that they meet. */
export async function interleaveAll(prepare: Writer, writers: readonly Writer[]): Promise<readonly Interleaving[]> {
  const done: Interleaving[] = [];
  const pending: (readonly number[])[] = [[]];
  for (let start = pending.pop(); start !== undefined; start = pending.pop()) {
    const store = createMemoryStore();
    await prepare(store);
    const { order, choices } = await runInOrder(store, writers, start);
    done.push({ order, store });
    // Each later point at which another writer could have gone first is the beginning of other orders.
    for (let at = start.length; at < order.length; at += 1) {
      for (const other of choices[at] ?? []) {
        if (other !== order[at]) pending.push([...order.slice(0, at), other]);
      }
    }
  }
  return done;
}

interface Gate {
  readonly writer: number;
  readonly open: () => void;
}

/** Follows `start`, and then always lets the first writer go that waits. */
async function runInOrder(store: FindingStore, writers: readonly Writer[], start: readonly number[]) {
  const waiting: Gate[] = [];
  let running = writers.length;
  let wake: () => void = () => undefined;
  const gated = (writer: number): FindingStore => {
    const pass = async <T>(call: () => Promise<T>): Promise<T> => {
      await new Promise<void>((open) => {
        waiting.push({ writer, open });
        running -= 1;
        wake();
      });
      return call();
    };
    return {
      get: (partition, key) => pass(() => store.get(partition, key)),
      list: (partition, prefix, most) => pass(() => store.list(partition, prefix, most)),
      put: (item: StoredItem) => pass(() => store.put(item)),
    };
  };
  const work = writers.map(async (write, writer) => {
    await write(gated(writer));
    running -= 1;
    wake();
  });
  const order: number[] = [];
  const choices: (readonly number[])[] = [];
  for (;;) {
    while (running > 0) await new Promise<void>((resume) => (wake = resume));
    if (waiting.length === 0) break;
    waiting.sort((a, b) => a.writer - b.writer);
    const index = Math.max(
      0,
      waiting.findIndex(({ writer }) => writer === start[order.length]),
    );
    const [gate] = waiting.splice(index, 1);
    if (gate === undefined) break;
    choices.push([gate.writer, ...waiting.map(({ writer }) => writer)]);
    order.push(gate.writer);
    running += 1;
    gate.open();
  }
  await Promise.all(work);
  return { order, choices };
}
