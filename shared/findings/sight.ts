/** Who was at work in the logs of a run, and what earlier runs saw, into whom all of them saw, and since when. */
import type { Coverage, Window } from '../model/coverage.ts';
import type { Usage } from '../model/evidence.ts';
import type { RememberedSeen } from '../model/remembered.ts';
import type { StoredSight } from '../model/state.ts';
import { arnKey } from '../rules/arn.ts';
import { compareTimes } from '../rules/time.ts';
import { sizeOf } from './row-size.ts';

type Windows = StoredSight['windows'];

const LOGS: ReadonlySet<string> = new Set(['authenticator-log', 'audit-log']);

/** By source, the time that the logs of all runs show without a hole; of a log that was read in part nothing is added. */
export function joinWindows(known: Windows | undefined, coverage: readonly Coverage[]): Windows {
  const windows = new Map(Object.entries(known ?? {}));
  for (const { source, status, window } of coverage) {
    if (!LOGS.has(source) || status !== 'complete' || window === null) continue;
    windows.set(source, join(windows.get(source) ?? window, window));
  }
  return Object.fromEntries(windows);
}

/** What lies between two windows nobody saw: then the later one counts alone. */
function join(known: Window, window: Window): Window {
  if (compareTimes(window.to, known.from) < 0) return known;
  if (compareTimes(window.from, known.to) > 0) return window;
  return {
    from: compareTimes(known.from, window.from) <= 0 ? known.from : window.from,
    to: compareTimes(known.to, window.to) >= 0 ? known.to : window.to,
  };
}

export interface SeenInRun {
  /** ISO: up to when its logs reach. */
  readonly at: string;
  /** createdAt of the cluster; null where that was not read. */
  readonly life: string | null;
  readonly usage: readonly Usage[];
}

/** The rest of 100 KB is for what the store adds of its own. */
const MOST_BYTES = 90_000;

/** The same run again changes nothing. With another life of the cluster everybody comes for the first time. */
export function addSeen(stored: RememberedSeen | null, { at, life, usage }: SeenInRun): RememberedSeen {
  const isReborn = stored !== null && life !== null && stored.life !== null && stored.life !== life;
  const before = isReborn ? { life, wholeFrom: life, principals: [] } : stored;
  const principals = new Map(before?.principals);
  for (const { principalArn, firstAt, lastAt } of usage) {
    const seenAt = firstAt ?? lastAt;
    if (principalArn === null || seenAt === null) continue;
    const key = arnKey(principalArn);
    const earlier = principals.get(key);
    if (earlier === undefined || compareTimes(seenAt, earlier) < 0) principals.set(key, seenAt);
  }
  const seen = {
    life: before?.life ?? life,
    wholeFrom: before?.wholeFrom ?? null,
    principals: [...principals].sort(([a], [b]) => (a < b ? -1 : 1)),
  };
  // Somebody who is left out would seem to come for the first time.
  return sizeOf(seen) <= MOST_BYTES ? seen : { ...seen, wholeFrom: at, principals: [] };
}

/** As the next run is told of it. */
export function composeSight({ life, wholeFrom, principals }: RememberedSeen, windows: Windows = {}): StoredSight {
  const known = Object.entries(windows).flatMap(([source, { from, to }]): [string, Window][] => {
    const start = wholeFrom !== null && compareTimes(from, wholeFrom) < 0 ? wholeFrom : from;
    return compareTimes(start, to) <= 0 ? [[source, { from: start, to }]] : [];
  });
  return { life, windows: Object.fromEntries(known), principals };
}
