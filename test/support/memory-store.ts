/** A finding store that forgets, and counts how it is asked. */
import type { FindingStore, StoredItem } from '../../shared/ports.ts';

export function createMemoryStore(): FindingStore & { readonly calls: () => number } {
  const rows = new Map<string, StoredItem>();
  let calls = 0;
  const nameOf = (partition: string, key: string): string => JSON.stringify([partition, key]);
  return {
    calls: () => calls,
    async get(partition, key) {
      calls += 1;
      return structuredClone(rows.get(nameOf(partition, key)) ?? null);
    },
    async list(partition, prefix, most) {
      calls += 1;
      const found = [...rows.values()].filter((row) => row.partition === partition && row.key.startsWith(prefix));
      found.sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
      return structuredClone(most === undefined ? found : found.slice(-most));
    },
    async put(item) {
      calls += 1;
      const name = nameOf(item.partition, item.key);
      if ((rows.get(name)?.version ?? 0) !== item.version - 1) return false;
      rows.set(name, structuredClone(item));
      return true;
    },
  };
}
