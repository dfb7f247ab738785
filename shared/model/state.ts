/** What the store knew before this run (state.json in a folder). */
import type { Window } from './coverage.ts';

export interface StoredFinding {
  readonly fingerprint: string;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly status: 'open' | 'accepted' | 'resolved';
}

export interface StoredCreator {
  readonly clusterArn: string;
  /** createdAt of the life it belongs to. */
  readonly life: string;
  readonly principalArn: string;
  readonly uniqueId: string | null;
}

/** Keys of rules/admin-people.ts. */
export interface StoredPeople {
  readonly at: string;
  /** createdAt of the life it belongs to. */
  readonly life: string | null;
  readonly people: readonly string[];
  /** The admins that they stand behind, and others; left out by earlier versions. */
  readonly holders?: readonly string[];
}

/** Who was at work on a cluster in the logs of every run so far, and which time these show without a hole. */
export interface StoredSight {
  /** createdAt of the life it belongs to. */
  readonly life: string | null;
  /** By source. */
  readonly windows: Readonly<Record<string, Window>>;
  /** Each principal by arnKey, and when it was first seen. */
  readonly principals: readonly (readonly [string, string])[];
}

export interface StoredState {
  readonly findings: readonly StoredFinding[];
  readonly creators: readonly StoredCreator[];
  /** The last aws-auth that parsed without loss, by cluster ARN. */
  readonly lastGoodAwsAuth: readonly {
    readonly clusterArn: string;
    readonly at: string;
    readonly data: Readonly<Record<string, string>>;
  }[];
  /** When a complete audit first ran on the cluster; null before it. */
  readonly firstAuditAt: Readonly<Record<string, string>>;
  /** Up to when each stream of a cluster was last read in whole, by cluster ARN and source. */
  readonly logsReadTo?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Whoever could become an admin when that was last known in whole, by cluster ARN. */
  readonly adminPeople?: Readonly<Record<string, StoredPeople>>;
  /** By cluster ARN. */
  readonly sights?: Readonly<Record<string, StoredSight>>;
}
