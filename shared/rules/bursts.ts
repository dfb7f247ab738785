/** Records of one kind, one after the other, into those who sent many of them in a short time. */
import type { Ref } from '../model/coverage.ts';

export interface Burst {
  /** Whose: a source address, a username. */
  readonly key: string;
  /** All that were seen from the first record of the burst on. */
  readonly count: number;
  readonly firstAt: string | null;
  readonly lastAt: string | null;
  /** Of the records that made it one. */
  readonly evidence: readonly Ref[];
}

export interface BurstFinder {
  readonly add: (key: string, at: string | null, evidence: Ref) => void;
  readonly list: () => readonly Burst[];
}

interface Seen {
  readonly at: string | null;
  readonly evidence: Ref;
}

/** Beyond this many keys the one that was met first is forgotten: addresses can be had by the million. */
const MOST_KEYS = 20_000;

/** A burst is `limit` records of one key within `windowMs`, in the order in which they come. */
export function createBurstFinder({
  limit,
  windowMs,
}: {
  readonly limit: number;
  readonly windowMs: number;
}): BurstFinder {
  const recent = new Map<string, Seen[]>();
  const bursts = new Map<string, Burst>();

  const add = (key: string, at: string | null, evidence: Ref): void => {
    const known = bursts.get(key);
    if (known !== undefined) {
      bursts.set(key, { ...known, count: known.count + 1, lastAt: at ?? known.lastAt });
      return;
    }
    const seen = recent.get(key) ?? [];
    seen.push({ at, evidence });
    if (seen.length > limit) seen.shift();
    recent.set(key, seen);
    const [first] = seen;
    if (seen.length === limit && first !== undefined && isWithin(first.at, at, windowMs)) {
      recent.delete(key);
      bursts.set(key, { key, count: limit, firstAt: first.at, lastAt: at, evidence: seen.map((s) => s.evidence) });
    }
    if (recent.size > MOST_KEYS) recent.delete(recent.keys().next().value ?? key);
  };

  return { add, list: () => [...bursts.values()] };
}

/** Records without a time are taken to be close to each other: they lie in one file, side by side. */
function isWithin(first: string | null, last: string | null, windowMs: number): boolean {
  return first === null || last === null || Math.abs(Date.parse(last) - Date.parse(first)) <= windowMs;
}
