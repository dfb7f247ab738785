/** What is remembered between runs: findings with a life, grants with from and until, and what a cluster once was. */
import type { Grant, Holder } from './access.ts';
import type { Window } from './coverage.ts';
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
  /** ISO: the first read of state that gave this account of it; null where there was none. */
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
  /** createdAt of the cluster's life that it belongs to; null where that was never read. */
  readonly life?: string | null;
  /** The last read of everything before `from`, which did not show it; null where there was none. */
  readonly absentAt?: string | null;
  /** The last read of everything that showed it, once it is over. */
  readonly lastSeenAt?: string | null;
  /** A record shows the end; else `until` is when it was no longer seen. */
  readonly isUntilKnown?: boolean;
  readonly endedBy?: string | null;
}

/** How far each detection's silence could be trusted, the last time it ran; by detection. */
export interface RememberedRun {
  readonly at: string;
  readonly verdicts: Readonly<Record<string, 'evaluated' | 'partly-evaluated' | 'not-evaluated'>>;
  /** The last time that every source of grants was read in whole; null before. */
  readonly grantsReadAt?: string | null;
  /** The last time that all was read that can show a grant, by its `via`. */
  readonly viaReadAt?: Readonly<Record<string, string>>;
  /** The end of the last window that was read in whole, by stream. */
  readonly logsReadTo?: Readonly<Record<string, string>>;
  /** The time that the logs of all runs show without a hole, by stream. */
  readonly logsSeen?: Readonly<Record<string, Window>>;
}

/** One existence of a cluster of that name. */
export interface RememberedLife {
  readonly createdAt: string;
  /** null while it stands. */
  readonly until: string | null;
  /** The record of its creation did not tell createdAt: the time of the record stands in for it. */
  readonly isStandIn?: boolean;
}

/** Kept for ever: the record that proves it is gone after the trail's retention. */
export interface RememberedCreator {
  readonly life: string;
  readonly principalArn: string;
  readonly uniqueId: string | null;
}

/** Listed in the estate, so that a cluster is found by its name. */
export interface RememberedCluster {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** ISO: the last audit of it. */
  readonly at?: string;
  /** createdAt, as that audit read it. */
  readonly life?: string | null;
}

/** How far the logins of clusters of one account and region were asked for between two audits. */
export interface RememberedLoginQueries {
  readonly clusters: readonly ClusterLoginQueries[];
}

export interface ClusterLoginQueries {
  readonly name: string;
  /** Before it all was asked for, or stands in `gaps`; null before the first time. */
  readonly readTo: string | null;
  /** False: the cluster writes no such log. */
  readonly isLogged: boolean;
  readonly subscriptions: LogGroupSubscriptions;
  /** When logins were asked for late, or not at all; the latest last. */
  readonly gaps: readonly LoginGap[];
}

/** Of ours: what they send is not asked for. */
export interface LogGroupSubscriptions {
  /** null before they were first looked at. */
  readonly lookedAt: string | null;
  readonly changes: boolean;
  readonly logins: boolean;
  /** Why it is not known; null: it is. */
  readonly reason: string | null;
}

export interface LoginGap {
  readonly from: string;
  /** null: until now. */
  readonly to: string | null;
  readonly reason: string;
  /** Never asked for since: only an audit reads it. */
  readonly isLost: boolean;
}

/** Who was ever seen at work on a cluster. */
export interface RememberedSeen {
  /** createdAt of the life it belongs to. */
  readonly life: string | null;
  /** Nobody is missing who was seen after it; null: nobody at all. */
  readonly wholeFrom: string | null;
  /** Each principal by arnKey, and when it was first seen. */
  readonly principals: readonly (readonly [string, string])[];
}

/** Who was told of on a cluster, each by a hash, and until when (epoch minutes) nobody is told again. */
export interface RememberedToldLogins {
  readonly told: readonly (readonly [string, number])[];
}

/** The last aws-auth that parsed without loss. */
export interface RememberedAwsAuth {
  readonly at: string;
  /** Of the data, so that two can be compared. */
  readonly sha256: string;
  /** null where it is too large for a row: then it lies in the snapshot of that version. */
  readonly data: Readonly<Record<string, string>> | null;
}

/** Whoever could become an admin when all that tells it was last read in whole: keys, in order. */
export interface RememberedPeople {
  readonly at: string;
  /** createdAt of the cluster; null where that was not read. */
  readonly life: string | null;
  readonly people: readonly string[];
  /** Keys of the admins themselves; left out by earlier versions. */
  readonly holders?: readonly string[];
}

/** The first audit that read every source of grants in whole. */
export interface RememberedFirstAudit {
  readonly at: string;
}

/** Where the latest evidence of a cluster lies. */
export interface RememberedSnapshot {
  /** Of its folder in the store of objects; ends with a slash. */
  readonly key: string;
  readonly version: string;
  /** ISO: up to when it reaches. */
  readonly at: string;
}
