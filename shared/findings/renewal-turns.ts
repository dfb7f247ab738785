/** A finding and a night into whether it is its turn to be given to Security Hub again. */
import type { RememberedFinding } from '../model/remembered.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * Security Hub forgets after 90 days what nobody told it of. Eleven nights leave time for several that fail, and are a
 * prime number less than 90 / 7: a schedule of every second or third night, or of one a week, comes to every turn too.
 */
const TURNS = 11;

/** By the finding and the day alone: nothing has to be written down, and no night gives all of them. */
export function isTurnOf({ fingerprint }: Pick<RememberedFinding, 'fingerprint'>, now: string): boolean {
  const day = Math.floor(Date.parse(now) / DAY_MS);
  return Number.parseInt(fingerprint.slice(0, 8), 16) % TURNS === day % TURNS;
}
