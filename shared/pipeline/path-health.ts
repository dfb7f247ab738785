/** What the table holds of canaries and dead letters into whether alerts would come from wherever there are clusters. */
import { DEAD_LETTERS_PREFIX, HEARD_PREFIX, PATH_PARTITION } from '../findings/path-rows.ts';
import { unwrapRemembered } from '../findings/remembered.ts';
import { findSilentPlaces, listHearable } from '../findings/silent-places.ts';
import type { PathHealth, PathPlace } from '../model/alert-path.ts';
import type { Config } from '../model/config.ts';
import type { FindingStore } from '../ports.ts';

export interface CanaryPorts {
  /** Nothing is written. */
  readonly rows: Pick<FindingStore, 'list'>;
  /** Where the home bus is; null where that is not known. */
  readonly home: PathPlace | null;
}

export interface HealthQuestion {
  /** Where there are clusters. */
  readonly places: readonly PathPlace[];
  /** All that the night went to: of others nothing is told. */
  readonly accounts: readonly string[];
  readonly breakGlass: Config['breakGlass'];
  /** ISO */
  readonly now: string;
}

/** Never throws: a night has more to tell than this, and what could not be asked is told with it. */
export async function readPathHealth(question: HealthQuestion, ports: CanaryPorts | null): Promise<PathHealth> {
  if (ports === null) return { status: 'off' };
  try {
    return await readHealth(question, ports);
  } catch (error) {
    return { status: 'unread', reason: error instanceof Error ? error.message : String(error) };
  }
}

async function readHealth(question: HealthQuestion, { rows, home }: CanaryPorts): Promise<PathHealth> {
  const { places, accounts, breakGlass, now } = question;
  const known = new Set(home === null ? accounts : [...accounts, home.account]);
  const heard = (await rows.list(PATH_PARTITION, HEARD_PREFIX))
    .flatMap(({ body }) => unwrapRemembered('canary', body) ?? [])
    .filter(({ account }) => known.has(account));
  const letters = (await rows.list(PATH_PARTITION, DEAD_LETTERS_PREFIX))
    .flatMap(({ body }) => unwrapRemembered('dead-letters', body) ?? [])
    .filter(({ account, since }) => known.has(account) && since !== null);
  const asked = { places, home, heard, breakGlass, now };
  return { status: 'checked', places: listHearable(asked).length, silent: findSilentPlaces(asked), letters };
}
