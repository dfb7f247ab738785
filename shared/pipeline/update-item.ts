/** One row of the store, read, changed and written, however many others write it at the same time. */
import { KeyholderError } from '../errors.ts';
import type { FindingStore, StoredItem } from '../ports.ts';

const MOST_TRIES = 20;

export interface RowUpdate {
  readonly partition: string;
  readonly key: string;
  /** From what stands (null: nothing) to what is to stand; null leaves it as it is. May be asked several times. */
  readonly change: (body: unknown) => { readonly body: unknown; readonly expiresAt?: string | null } | null;
  /** What the caller has read already: saves a read; left out, the row is taken to be a new one. */
  readonly known?: StoredItem | null;
}

/** True when something was written. Throws KeyholderError('write-failed') when others keep winning. */
export async function updateItem(store: FindingStore, update: RowUpdate): Promise<boolean> {
  const { partition, key, change } = update;
  let row = update.known ?? null;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const next = change(row?.body ?? null);
    if (next === null) return false;
    const { body, expiresAt = null } = next;
    if (await store.put({ partition, key, version: (row?.version ?? 0) + 1, body, expiresAt })) return true;
    row = await store.get(partition, key);
  }
  throw new KeyholderError(
    'write-failed',
    `expected to write ${key} of ${partition}, got ${MOST_TRIES} others before us`,
  );
}
