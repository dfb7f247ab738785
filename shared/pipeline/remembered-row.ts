/** One remembered thing, read or changed where it lies. */
import { isDeepStrictEqual } from 'node:util';
import { type RememberedBodies, unwrapRemembered, wrapRemembered } from '../findings/remembered.ts';
import type { FindingStore } from '../ports.ts';
import { updateItem } from './update-item.ts';

export interface RowPlace<Kind extends keyof RememberedBodies> {
  readonly partition: string;
  readonly key: string;
  readonly kind: Kind;
}

export async function readRow<Kind extends keyof RememberedBodies>(
  store: FindingStore,
  { partition, key, kind }: RowPlace<Kind>,
): Promise<RememberedBodies[Kind] | null> {
  return unwrapRemembered(kind, (await store.get(partition, key))?.body);
}

/** `change` gives what is to stand, or null to leave it. Gives 1 when something was written, else 0. */
export async function keepRow<Kind extends keyof RememberedBodies>(
  store: FindingStore,
  {
    partition,
    key,
    kind,
    change,
  }: RowPlace<Kind> & {
    readonly change: (stored: RememberedBodies[Kind] | null) => RememberedBodies[Kind] | null;
  },
): Promise<number> {
  const isWritten = await updateItem(store, {
    partition,
    key,
    known: await store.get(partition, key),
    change: (body) => {
      const stored = unwrapRemembered(kind, body);
      const next = change(stored);
      return next === null || isDeepStrictEqual(next, stored) ? null : { body: wrapRemembered(kind, next) };
    },
  });
  return isWritten ? 1 : 0;
}
