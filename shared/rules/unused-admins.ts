/** The rows of access into admins that no log has shown for a long time, where the logs show all of that time. */
import type { Access } from '../model/access.ts';
import type { Facts } from '../model/facts.ts';
import { isBreakGlass } from './declared.ts';
import { isAdminLevel } from './keyholders.ts';
import { msBetween } from './time.ts';

/** As long as CloudTrail keeps its event history, and as IAM's own advice on unused access. */
export const UNUSED_DAYS = 90;
const UNUSED_MS = UNUSED_DAYS * 24 * 60 * 60_000;

export interface UnusedAdmin {
  readonly row: Access;
  /** The last sighting; null when there is none in the logs. */
  readonly lastUsedAt: string | null;
  /** From when on the logs show everything. */
  readonly seenFrom: string;
}

/** Principals that log in through IAM, which the authenticator log shows every time. */
export function listUnusedAdmins(facts: Facts): readonly UnusedAdmin[] {
  const seenFrom = findSight(facts);
  if (seenFrom === null) return [];
  return facts.access.flatMap((row) => {
    const { holder, exists, kind } = row;
    if (holder.kind !== 'iam' || exists === false || kind === 'aws' || !isAdminLevel(row.level)) return [];
    const { since, lastUsedAt } = row;
    if (since.value !== null && msBetween(since.value, facts.now) < UNUSED_MS) return [];
    if (lastUsedAt.value !== null && msBetween(lastUsedAt.value, facts.now) < UNUSED_MS) return [];
    if (lastUsedAt.status === 'not-readable' || isBreakGlass(holder.name, facts)) return [];
    return [{ row, lastUsedAt: lastUsedAt.value, seenFrom }];
  });
}

/** Since when the authenticator log was read in whole; null unless that is longer than the days in question. */
export function findSight({ coverage, now }: Facts): string | null {
  const log = coverage.find(({ source }) => source === 'authenticator-log');
  if (log?.status !== 'complete' || log.window === null) return null;
  return msBetween(log.window.from, now) >= UNUSED_MS ? log.window.from : null;
}
