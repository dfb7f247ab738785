/** What was remembered of a finding, and what a run or an event says of it now, into what is to be remembered. */
import { isDeepStrictEqual } from 'node:util';
import type { Finding } from '../model/finding.ts';
import type { Change, ChangeKind, RememberedFinding, RememberedStatus } from '../model/remembered.ts';
import { compareTimes, msBetween } from '../rules/time.ts';
import { hasNewGainers } from './gained.ts';
import { compareSeverity } from './severity.ts';

export interface Occasion {
  /** `event`: records over a snapshot, which show what was made and never that a thing is gone. */
  readonly origin: 'audit' | 'event';
  readonly cause: string;
  /** ISO: up to when the evidence reaches. */
  readonly at: string;
  /** ISO: when the state that was joined was read; null without any. */
  readonly basis: string | null;
  /** Each time is news: what was seen an hour after the last time is another. */
  readonly recurs?: boolean;
}

const ANOTHER_TIME_MS = 3_600_000;

/** null: nothing to write. The same call made again gives null, so that a repeat changes nothing. */
export function rememberFinding(
  stored: RememberedFinding | null,
  finding: Finding,
  occasion: Occasion,
): RememberedFinding | null {
  if (stored === null) return makeFirst(finding, occasion);
  const kind = judgeChange(stored, finding, occasion);
  // What an event shows may be older than what is known: then it is no news, and no better account either.
  if (kind === 'outdated') return null;
  const isBetter = kind !== null || isBetterAccount(stored, occasion);
  const next: RememberedFinding = {
    ...(isBetter ? { ...withoutLife(finding), basis: occasion.basis } : stored),
    ...(kind === null ? joinOrigin(stored, finding, isBetter) : {}),
    firstSeenAt: earlier(stored.firstSeenAt, finding.firstSeenAt),
    status: kind === null ? settle(stored, occasion) : statusAfter(kind, finding),
    change:
      kind === null
        ? stored.change
        : { ...describeChange({ kind, finding, stored }, occasion), number: stored.change.number + 1 },
  };
  return isDeepStrictEqual(stored, isStillShown(stored, occasion) ? { ...next, basis: stored.basis } : next)
    ? null
    : next;
}

/** A read of state shows what stands, an event who made it and when: what one of them does not say, the other may. */
function joinOrigin(stored: RememberedFinding, finding: Finding, isBetter: boolean): Pick<Finding, 'actor' | 'at'> {
  const [told, other] = isBetter ? [finding, stored] : [stored, finding];
  return { actor: told.actor ?? other.actor, at: told.at ?? other.at };
}

/** What an audit has shown since it changed is told better by the next audit alone. */
function isBetterAccount(stored: RememberedFinding, { origin, basis }: Occasion): boolean {
  return compareTimes(stored.basis, basis) <= 0 && (origin === 'audit' || !isShown(stored));
}

/** Another audit that shows the same: when that was stands in the cluster's run, and costs no write of each finding. */
function isStillShown(stored: RememberedFinding, { origin }: Occasion): boolean {
  return origin === 'audit' && isShown(stored);
}

/** An audit read state after it changed. */
function isShown({ basis, change }: RememberedFinding): boolean {
  return basis !== null && msBetween(change.at, basis) >= 0;
}

/** What an audit no longer shows, though it would: null where it was over already, or began after what the audit read. */
export function resolveFinding(stored: RememberedFinding, { cause, at }: Occasion): RememberedFinding | null {
  if (stored.status === 'resolved' || msBetween(at, stored.change.at) > 0) return null;
  const { number } = stored.change;
  // An event has brought it back since, and came here before the audit that saw the end of it.
  if (stored.at !== null && msBetween(at, stored.at) > 0) {
    return { ...stored, status: 'reopened', change: { number: number + 2, kind: 'reopened', cause, at: stored.at } };
  }
  return { ...stored, status: 'resolved', change: { number: number + 1, kind: 'resolved', cause, at } };
}

const STATUS_AFTER: Readonly<Record<ChangeKind, RememberedStatus>> = {
  new: 'new',
  worsened: 'open',
  reopened: 'reopened',
  expired: 'reopened',
  accepted: 'accepted',
  resolved: 'resolved',
};

/** What got worse is told, and stays accepted as long as keyholder.yml says so. */
function statusAfter(kind: ChangeKind, { status }: Finding): RememberedStatus {
  return status === 'accepted' ? 'accepted' : STATUS_AFTER[kind];
}

function makeFirst(finding: Finding, occasion: Occasion): RememberedFinding {
  const kind: ChangeKind = finding.status === 'open' ? 'new' : finding.status;
  return {
    ...withoutLife(finding),
    status: STATUS_AFTER[kind],
    change: { ...describeChange({ kind, finding, stored: null }, occasion), number: 1 },
    basis: occasion.basis,
  };
}

function judgeChange(stored: RememberedFinding, finding: Finding, occasion: Occasion): ChangeKind | 'outdated' | null {
  const wasOver = stored.status === 'resolved';
  if (finding.status === 'resolved') {
    if (wasOver) return null;
    return occasion.origin === 'event' || msBetween(occasion.at, stored.change.at) > 0 ? 'outdated' : 'resolved';
  }
  if (wasOver) return isNewer(stored, finding, occasion) ? 'reopened' : 'outdated';
  // Whoever accepted it did not know of those who came since.
  const isLarger = hasNewGainers(stored, finding);
  if (finding.status === 'accepted' && stored.status !== 'accepted') return 'accepted';
  if (finding.status === 'accepted') return isLarger ? 'worsened' : null;
  if (stored.status === 'accepted') return 'expired';
  if (occasion.recurs === true && isAnotherTime(stored, finding)) return 'reopened';
  return isLarger || compareSeverity(finding.severity, stored.severity) < 0 ? 'worsened' : null;
}

function isAnotherTime(stored: RememberedFinding, finding: Finding): boolean {
  return stored.at !== null && finding.at !== null && msBetween(stored.at, finding.at) >= ANOTHER_TIME_MS;
}

/** Only what happened after the end of a finding, or stands in a later read, opens it again. */
function isNewer(stored: RememberedFinding, finding: Finding, { origin, at }: Occasion): boolean {
  const shown = origin === 'audit' ? at : finding.at;
  return shown !== null && msBetween(stored.change.at, shown) > 0;
}

/** No news from the second audit on that shows it: whether an event or an audit came first does not matter. */
function settle(stored: RememberedFinding, { origin, basis }: Occasion): RememberedStatus {
  const { status } = stored;
  const isNextAudit = origin === 'audit' && isShown(stored) && compareTimes(stored.basis, basis) < 0;
  return isNextAudit && (status === 'new' || status === 'reopened') ? 'open' : status;
}

interface Changed {
  readonly kind: ChangeKind;
  readonly finding: Finding;
  readonly stored: RememberedFinding | null;
}

/** When the fact changed: its event tells, else the reach of the evidence. What was known already is no moment of news. */
function describeChange({ kind, finding, stored }: Changed, { cause, at }: Occasion): Omit<Change, 'number'> {
  const isOfEvent = kind === 'new' || kind === 'reopened' || kind === 'worsened';
  const isSince = finding.at !== null && (stored === null || msBetween(stored.change.at, finding.at) >= 0);
  return { kind, cause, at: isOfEvent && isSince ? (finding.at ?? at) : at };
}

function withoutLife(finding: Finding): Omit<Finding, 'status' | 'lastSeenAt'> {
  const { status: _status, lastSeenAt: _lastSeenAt, ...rest } = finding;
  return rest;
}

function earlier(a: string, b: string): string {
  return msBetween(a, b) < 0 ? b : a;
}
