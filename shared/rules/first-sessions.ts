/** Who was seen at work into the admins that were never seen before: only where the log reaches back far enough to say so. */
import type { Window } from '../model/coverage.ts';
import type { Usage } from '../model/evidence.ts';
import type { Facts } from '../model/facts.ts';
import type { StoredSight } from '../model/state.ts';
import { isEksIdentity } from './actors.ts';
import { listHolderKeys } from './admin-doors.ts';
import { arnKey } from './arn.ts';
import { isBreakGlass } from './declared.ts';
import { isAdminIdentity } from './keyholders.ts';
import { compareTimes, msBetween } from './time.ts';

const DAY_MS = 24 * 3_600_000;
/** The log must show so much time before the first session without one. */
const BEFORE_MS = 30 * DAY_MS;
/** Between two nightly runs, and some lag. */
const NEW_MS = 26 * 3_600_000;

export type Session = Pick<Usage, 'source' | 'principalArn' | 'username' | 'groups' | 'policyArn' | 'evidence'>;

export interface FirstSession {
  readonly arn: string;
  readonly at: string;
  /** From when on the log shows everything. */
  readonly seenFrom: string;
  readonly door: string;
  readonly session: Session;
}

const ADMIN_POLICY = /\/AmazonEKSClusterAdminPolicy$/;

/** null for a session that is no admin's; else by which door. */
export function findAdminDoor(session: Session, facts: Facts): string | null {
  const { principalArn, username, groups, policyArn } = session;
  if (principalArn === null || isEksIdentity(username, principalArn, facts)) return null;
  if (isBreakGlass(principalArn, facts)) return null;
  if (groups.includes('system:masters')) return 'system:masters';
  if (policyArn !== null && ADMIN_POLICY.test(policyArn)) return 'AmazonEKSClusterAdminPolicy';
  if (isAdminIdentity({ username, groups }, facts)) return 'a binding of RBAC';
  return listHolderKeys(facts.access).has(arnKey(principalArn)) ? 'a grant that it holds' : null;
}

/** Sessions of one principal through any door: the first of them, where it is new. */
export function listFirstSessions(facts: Facts): readonly FirstSession[] {
  const firsts = new Map<string, Session & { readonly arn: string; readonly at: string; readonly door: string }>();
  for (const use of facts.usage) {
    const door = findAdminDoor(use, facts);
    if (door === null || use.principalArn === null || use.firstAt === null) continue;
    const key = arnKey(use.principalArn);
    const known = firsts.get(key);
    if (known !== undefined && compareTimes(known.at, use.firstAt) <= 0) continue;
    firsts.set(key, { ...use, arn: use.principalArn, at: use.firstAt, door });
  }
  return [...firsts.values()].flatMap(({ arn, at, door, ...session }) => {
    const seenFrom = findSight(session.source, at, facts);
    if (isRemembered(arn, at, facts)) return [];
    return seenFrom === null || !isNew(session.source, at, facts) ? [] : [{ arn, at, seenFrom, door, session }];
  });
}

/** null where the log does not show the time before, so that nothing is known of it. */
export function findSight(source: Usage['source'], at: string, facts: Facts): string | null {
  const row = facts.coverage.find((each) => each.source === source);
  if (row === undefined || row.window === null || (row.status !== 'complete' && row.status !== 'partial')) return null;
  const from = findEarlierStart(source, row.window, facts) ?? row.window.from;
  return msBetween(from, at) >= BEFORE_MS ? from : null;
}

/** A night reads little more than a day: what the nights before it read stands in the state, while nothing lies between. */
function findEarlierStart(source: Usage['source'], { from }: Window, facts: Facts): string | null {
  const window = sightOf(facts)?.windows[source];
  if (window === undefined || compareTimes(from, window.to) > 0) return null;
  return compareTimes(window.from, from) < 0 ? window.from : null;
}

/** Seen by an earlier run, though none of its lines is here any more. */
export function isRemembered(arn: string, at: string, facts: Facts): boolean {
  const key = arnKey(arn);
  const principals = sightOf(facts)?.principals ?? [];
  return principals.some(([seen, firstAt]) => seen === key && compareTimes(firstAt, at) < 0);
}

function sightOf({ state, cluster }: Facts): StoredSight | undefined {
  const sight = state.sights?.[cluster.arn];
  return sight?.life === cluster.createdAt ? sight : undefined;
}

/** Since the last run that is stored, else since the day before. */
export function isNew(source: Usage['source'], at: string, { state, cluster, now }: Facts): boolean {
  const readTo = state.logsReadTo?.[cluster.arn]?.[source] ?? null;
  return readTo === null ? msBetween(at, now) <= NEW_MS : compareTimes(at, readTo) > 0;
}
