/** What the table holds of canaries and dead letters into whether alerts would come from wherever there are clusters. */
import { DEAD_LETTERS_PREFIX, HEARD_PREFIX, PATH_PARTITION } from '../findings/path-rows.ts';
import { unwrapRemembered } from '../findings/remembered.ts';
import { findSilentPlaces, listHearable } from '../findings/silent-places.ts';
import type { PathHealth, PathPlace } from '../model/alert-path.ts';
import type { FindingStore } from '../ports.ts';

/** Nothing is written. */
export type CanaryRows = Pick<FindingStore, 'list'>;

export interface HealthQuestion {
  /** Where there are clusters. */
  readonly places: readonly PathPlace[];
  /** All that the night went to: of others nothing is told. */
  readonly accounts: readonly string[];
  /** ISO */
  readonly now: string;
}

/** Never throws: a night has more to tell than this, and what could not be asked is told with it. */
export async function readPathHealth(question: HealthQuestion, store: CanaryRows | null): Promise<PathHealth> {
  if (store === null) return { status: 'off' };
  try {
    return await readHealth(question, store);
  } catch (error) {
    return { status: 'unread', reason: error instanceof Error ? error.message : String(error) };
  }
}

async function readHealth({ places, accounts, now }: HealthQuestion, store: CanaryRows): Promise<PathHealth> {
  const known = new Set(accounts);
  const heard = (await store.list(PATH_PARTITION, HEARD_PREFIX))
    .flatMap(({ body }) => unwrapRemembered('canary', body) ?? [])
    .filter(({ account }) => known.has(account));
  const letters = (await store.list(PATH_PARTITION, DEAD_LETTERS_PREFIX))
    .flatMap(({ body }) => unwrapRemembered('dead-letters', body) ?? [])
    .filter(({ account, since }) => known.has(account) && since !== null);
  const asked = { places, heard, now };
  return { status: 'checked', places: listHearable(asked).length, silent: findSilentPlaces(asked), letters };
}
