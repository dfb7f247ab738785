/** What is told of a use of a break-glass principal once it is over: who, from where, how long, what they did, what is left. */
import type { Ref } from './coverage.ts';

/** Somebody at work as the principal. */
export interface EmergencySession {
  /** Chosen by whoever assumed the role: a hint, never a proof; null where no record names one. */
  readonly name: string | null;
  /** Whoever assumed it; null where that was not seen. */
  readonly by: { readonly name: string; readonly session: string | null } | null;
  readonly sourceIp: string | null;
  /** ISO: when it was assumed, or else first seen on the cluster. */
  readonly from: string | null;
  /** ISO: when its credentials run out; null where that was not seen. */
  readonly expiresAt: string | null;
}

/** Requests or calls that are alike. */
export interface EmergencyDeed {
  /** Such as `delete secrets payments/db`. */
  readonly what: string;
  readonly count: number;
  readonly isChange: boolean;
  readonly isRefused: boolean;
  /** The first of them. */
  readonly evidence: Ref;
}

export interface EmergencyReport {
  readonly principal: string;
  readonly cluster: { readonly arn: string; readonly name: string };
  /** ISO: the first and the last that was seen of it on the cluster. */
  readonly from: string;
  readonly to: string;
  /** The credentials have run out, or nobody was seen at work for a while and nothing tells when they do. */
  readonly over: 'expired' | 'quiet';
  readonly sessions: readonly EmergencySession[];
  readonly sessionsLeft: number;
  readonly addresses: readonly string[];
  readonly logins: number;
  /** At least so many: of ordinary requests a log query gives the last of each session. */
  readonly requests: number;
  /** Changes first, then in the order of time. */
  readonly deeds: readonly EmergencyDeed[];
  /** Kinds of deeds that are not among them. */
  readonly deedsLeft: number;
  readonly grant: { readonly status: 'stands' | 'gone' | 'unknown'; readonly detail: string };
  /** Whom it gave something that still stands. */
  readonly given: readonly string[];
  /** Why there may be more. */
  readonly unseen: readonly string[];
}

export interface RememberedEmergency {
  /** Counts the reports, from 1. */
  readonly number: number;
  /** Fingerprint of the finding that told of the use. */
  readonly finding: string;
  readonly severity: 'high';
  readonly report: EmergencyReport;
}
