/** A finding store in memory whose writes come out as records of a table's stream, as DynamoDB delivers them. */
import type { FindingStore, StoredItem } from '../../shared/ports.ts';
import { createMemoryStore } from './memory-store.ts';

export interface StreamRecord {
  readonly eventName: 'INSERT' | 'MODIFY';
  readonly dynamodb: {
    readonly SequenceNumber: string;
    readonly Keys: Readonly<Record<string, { readonly S: string }>>;
    readonly NewImage: Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;
    readonly OldImage?: Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;
  };
}

export interface StreamedStore extends FindingStore {
  /** What was written since this was last asked. */
  readonly drain: () => readonly StreamRecord[];
}

export function createStreamedStore(): StreamedStore {
  const store = createMemoryStore();
  let records: StreamRecord[] = [];
  let count = 0;
  return {
    get: store.get,
    list: store.list,
    async put(item) {
      const before = await store.get(item.partition, item.key);
      if (!(await store.put(item))) return false;
      count += 1;
      records.push(recordOf(before, item, String(count).padStart(21, '0')));
      return true;
    },
    drain: () => {
      const drained = records;
      records = [];
      return drained;
    },
  };
}

function recordOf(before: StoredItem | null, after: StoredItem, sequenceNumber: string): StreamRecord {
  return {
    eventName: before === null ? 'INSERT' : 'MODIFY',
    dynamodb: {
      SequenceNumber: sequenceNumber,
      Keys: { pk: { S: after.partition }, sk: { S: after.key } },
      NewImage: imageOf(after),
      ...(before === null ? {} : { OldImage: imageOf(before) }),
    },
  };
}

function imageOf({ partition, key, version, body }: StoredItem) {
  return { pk: { S: partition }, sk: { S: key }, version: { N: String(version) }, body: { S: JSON.stringify(body) } };
}
