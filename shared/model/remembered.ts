/** What is remembered between runs: findings with a life, grants with from and until, and what a cluster once was. */
import type { Grant, Holder } from './access.ts';
import type { Finding } from './finding.ts';

/** `new` until the run after the one that found it; `reopened` likewise. */
export type RememberedStatus = 'new' | 'open' | 'reopened' | 'accepted' | 'resolved';

export type ChangeKind = 'new' | 'worsened' | 'reopened' | 'accepted' | 'expired' | 'resolved';

/** The last change worth telling somebody; a publisher acts only when `number` grew. */
export interface Change {
  /** Counts from 1. */
  readonly number: number;
  readonly kind: ChangeKind;
  /** What brought it to light: `baseline`, `audit`, or the event that showed it. */
  readonly cause: string;
  /** ISO: when the fact changed, not when it was noticed. */
  readonly at: string;
}

/** A finding as the table holds it. When its detection last ran on the cluster stands in the cluster's run. */
export interface RememberedFinding extends Omit<Finding, 'status' | 'lastSeenAt'> {
  readonly status: RememberedStatus;
  readonly change: Change;
  /** ISO: the read of state that this account of it rests on; null where there was none. */
  readonly basis: string | null;
}

/** One grant of one holder; `until` is null while it stands. */
export interface RememberedGrant extends Omit<Grant, 'since'> {
  readonly holder: Holder;
  readonly principalArn: string | null;
  /** When it was made; the first time it was seen where that is not known. */
  readonly from: string;
  readonly isFromKnown: boolean;
  readonly until: string | null;
  readonly grantedBy: string | null;
}

/** How far each detection's silence could be trusted, the last time it ran; by detection. */
export interface RememberedRun {
  readonly at: string;
  readonly verdicts: Readonly<Record<string, 'evaluated' | 'partly-evaluated' | 'not-evaluated'>>;
}
