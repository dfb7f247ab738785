/** Answers about other days: who held what on a date, and what changed between two. */
import type { Grant, Holder, Level } from './access.ts';
import type { RememberedCluster, RememberedFinding, RememberedGrant } from './remembered.ts';

/** A grant on a date. `maybe`: it was made, or ended, at a time that no read and no record tells exactly. */
export interface HeldGrant extends Pick<Grant, 'via' | 'detail' | 'scope' | 'level' | 'reason' | 'evidence'> {
  readonly holder: Holder;
  readonly principalArn: string | null;
  readonly certainty: 'held' | 'maybe';
  /** Why it is not certain; null where it is. */
  readonly doubt: string | null;
  /** When it was made, or first seen. */
  readonly from: string;
  readonly isFromKnown: boolean;
  /** null while it stands. */
  readonly until: string | null;
  readonly isUntilKnown: boolean;
  readonly grantedBy: string | null;
  readonly endedBy: string | null;
}

export interface HeldByHolder {
  readonly holder: Holder;
  readonly level: Level;
  /** As certain as the most certain of its grants at that level. */
  readonly certainty: HeldGrant['certainty'];
  readonly grants: readonly HeldGrant[];
}

/** The contract schema/history.v1.json. */
export interface ClusterHistory {
  readonly schema: 'keyholder.history/v1';
  readonly generatedAt: string;
  readonly cluster: RememberedCluster;
  /** The date that was asked for. */
  readonly at: string;
  readonly answer: string;
  /** The first day that we can see; null where no audit has read every source of grants yet. */
  readonly firstAuditAt: string | null;
  readonly lastAuditAt: string | null;
  readonly holders: readonly HeldByHolder[];
  readonly notes: readonly string[];
}

/** A grant that began or ended between two dates. */
export interface ChangedGrant extends HeldGrant {
  readonly cluster: RememberedCluster;
  /** ISO: when it began, or ended; where no record shows it, when that was first seen. */
  readonly changedAt: string;
  /** The earliest that it can have been; null where `changedAt` is exact, or nothing tells. */
  readonly notBefore: string | null;
  readonly changedBy: string | null;
}

export interface ChangedLevel {
  readonly before: Level;
  readonly grant: ChangedGrant;
}

export interface ChangedFinding
  extends Pick<
    RememberedFinding,
    'fingerprint' | 'detection' | 'severity' | 'subject' | 'summary' | 'status' | 'actor'
  > {
  /** null where it is of an account, or of its region. */
  readonly cluster: RememberedCluster | null;
  readonly firstSeenAt: string;
  /** The last change of it: one before that is not kept. */
  readonly change: RememberedFinding['change'];
}

/** The contract schema/diff.v1.json. */
export interface EstateDiff {
  readonly schema: 'keyholder.diff/v1';
  readonly generatedAt: string;
  readonly from: string;
  readonly to: string;
  readonly answer: string;
  readonly clusters: readonly RememberedCluster[];
  readonly begun: readonly ChangedGrant[];
  readonly ended: readonly ChangedGrant[];
  readonly levels: readonly ChangedLevel[];
  /** Seen by the first audit of their cluster, and made at a time that nothing tells: no news, as far as anybody knows. */
  readonly firstSeen: readonly ChangedGrant[];
  readonly findings: readonly ChangedFinding[];
  readonly notes: readonly string[];
}

/** What is remembered of clusters, and of no single one of them. */
export interface EstateMemory {
  readonly clusters: readonly ClusterMemory[];
  readonly findings: readonly RememberedFinding[];
}

/** What is remembered of one cluster. */
export interface ClusterMemory {
  readonly cluster: RememberedCluster;
  readonly grants: readonly RememberedGrant[];
  readonly findings: readonly RememberedFinding[];
  /** createdAt of its lives, and when they ended. */
  readonly lives: readonly { readonly createdAt: string; readonly until: string | null }[];
  readonly firstAuditAt: string | null;
  readonly lastAuditAt: string | null;
  /** The last time that every source of grants was read in whole. */
  readonly grantsReadAt: string | null;
  /** The same of what can show grants of one `via`. */
  readonly viaReadAt: Readonly<Record<string, string>>;
}
