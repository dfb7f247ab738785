/** How far the logins of each cluster were asked for into the next windows, and what became of one into what is remembered. */
import { sizeOf } from '../findings/row-size.ts';
import type { RecentLogins } from '../live-ports.ts';
import type { Window } from '../model/coverage.ts';
import type { ClusterLoginQueries, LoginGap } from '../model/remembered.ts';
import type { ClusterPlace } from '../ports.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Lines come late: each window holds the end of the one before it, and whoever was told of is not told again. */
const OVERLAP_MS = 5 * MINUTE_MS;
/** Of a cluster that was never asked for: what lies before it the audit read that found the cluster. */
const FIRST_MS = HOUR_MS;
/** After a longer silence a query would cost as much as a night, which reads the same. */
const MOST_MS = 24 * HOUR_MS;
/** Told by the nights that they touch. */
const GAPS_KEPT_MS = 3 * 24 * HOUR_MS;
const MOST_GAPS = 10;
/** Slots are given and taken by hand. */
const LOOK_MS = HOUR_MS;

/** Read by the audits of the same clusters. */
export function rowOf({ account, region }: Pick<ClusterPlace, 'account' | 'region'>) {
  return { partition: `account:${account}`, key: `logins#${region}`, kind: 'login-queries' } as const;
}

export function startQueries(name: string): ClusterLoginQueries {
  const subscriptions = { lookedAt: null, changes: false, logins: false, reason: null };
  return { name, readTo: null, isLogged: true, subscriptions, gaps: [] };
}

export function isLookDue({ subscriptions: { lookedAt } }: ClusterLoginQueries, now: string): boolean {
  return lookedAt === null || Date.parse(now) - Date.parse(lookedAt) >= LOOK_MS;
}

export function findNextWindow({ readTo }: ClusterLoginQueries, now: string): Window {
  const nowMs = Date.parse(now);
  const fromMs = readTo === null ? nowMs - FIRST_MS : Math.max(Date.parse(readTo) - OVERLAP_MS, nowMs - MOST_MS);
  return { from: renderTime(Math.min(fromMs, nowMs)), to: renderTime(nowMs) };
}

/** A cluster without a log has nothing to ask for, and is no gap: that its log is off is a finding of its own. */
export function noteRead(
  before: ClusterLoginQueries,
  { coverage, isLogged }: Pick<RecentLogins, 'coverage' | 'isLogged'>,
  window: Window,
): ClusterLoginQueries {
  if (!isLogged) return { ...before, isLogged, readTo: window.to, gaps: closeGaps(before.gaps, window.to) };
  if (coverage.window === null) return noteUnread({ ...before, isLogged }, coverage.reason ?? UNKNOWN, window);
  const { to: readTo } = coverage.window;
  const gaps = [...before.gaps, ...listLost(before, window)];
  const next =
    readTo === window.to
      ? closeGaps(gaps, window.to)
      : openGap(gaps, { from: readTo, reason: coverage.reason ?? UNKNOWN });
  return { ...before, isLogged, readTo, gaps: keepLate(next, window.to) };
}

/** What was read and not taken by the bus is read again. */
export function noteUnread(before: ClusterLoginQueries, reason: string, window: Window): ClusterLoginQueries {
  const readTo = before.readTo ?? window.from;
  return { ...before, readTo, gaps: keepLate(openGap(before.gaps, { from: readTo, reason }), window.to) };
}

const UNKNOWN = 'no reason is known';

function listLost({ readTo }: ClusterLoginQueries, { from }: Window): readonly LoginGap[] {
  if (readTo === null || Date.parse(readTo) >= Date.parse(from)) return [];
  return [{ from: readTo, to: from, reason: 'not asked for within a day', isLost: true }];
}

function openGap(gaps: readonly LoginGap[], gap: Pick<LoginGap, 'from' | 'reason'>): readonly LoginGap[] {
  const open = gaps.find(({ to }) => to === null);
  if (open === undefined) return [...gaps, { ...gap, to: null, isLost: false }];
  return gaps.map((one) => (one === open ? { ...one, reason: gap.reason } : one));
}

function closeGaps(gaps: readonly LoginGap[], at: string): readonly LoginGap[] {
  return gaps.map((gap) => (gap.to === null ? { ...gap, to: at } : gap));
}

function keepLate(gaps: readonly LoginGap[], at: string): readonly LoginGap[] {
  const since = Date.parse(at) - GAPS_KEPT_MS;
  return gaps.filter(({ to }) => to === null || Date.parse(to) >= since).slice(-MOST_GAPS);
}

function renderTime(ms: number): string {
  return `${new Date(Math.floor(ms / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}

const MOST_BYTES = 90_000;
const LIMITS = [
  { gaps: MOST_GAPS, characters: 400 },
  { gaps: 3, characters: 200 },
  { gaps: 1, characters: 60 },
] as const;

/** A row of the table holds 100 KB; where one gap of hundreds of clusters is too much for it, their reasons are cut. */
export function fitRow(clusters: readonly ClusterLoginQueries[]): readonly ClusterLoginQueries[] {
  let fitting = clusters;
  for (const { gaps: most, characters } of LIMITS) {
    fitting = clusters.map((one) => ({
      ...one,
      gaps: one.gaps.slice(-most).map((gap) => ({ ...gap, reason: gap.reason.slice(0, characters) })),
    }));
    if (sizeOf(fitting) <= MOST_BYTES) break;
  }
  return fitting;
}
