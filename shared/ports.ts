/**
 * What touches the world. Readers give raw bytes in the form of the evidence folder, whatever they read:
 * a folder and live AWS look alike from here, and a live run is recorded by copying what passes.
 */

/** One file of the evidence folder, real or made by an adapter from API answers. */
export interface RawFile {
  /** Path below the evidence folder, with forward slashes: what references name. */
  readonly file: string;
  /** Decompressed bytes. Throws KeyholderError('read-failed') when the file breaks off or goes past a limit. */
  readonly read: () => AsyncIterable<Uint8Array>;
  /** Of the file as stored; null until it was read to its end. */
  readonly sha256: () => string | null;
}

/** What a source gave, or why it gave nothing. */
export type Raw =
  | { readonly status: 'read'; readonly files: readonly RawFile[] }
  | { readonly status: 'denied' | 'disabled' | 'unavailable'; readonly reason: string };

export interface ClusterPlace {
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

/** What there is to audit; `problems` names what could not even be listed. */
export interface Places {
  readonly accounts: readonly string[];
  readonly regions: readonly { readonly account: string; readonly region: string }[];
  readonly clusters: readonly ClusterPlace[];
  readonly problems: readonly { readonly file: string; readonly reason: string }[];
  /** Files that belong to no place of the contract: named in the report, never silently passed over. */
  readonly strangers: readonly string[];
}

export const TOP_DOCUMENTS = ['manifest', 'state', 'config'] as const;
export const ACCOUNT_DOCUMENTS = ['cloudtrail', 'iam', 'identity-center', 'organization'] as const;
export const REGION_DOCUMENTS = ['trails', 'guardduty'] as const;
export const CLUSTER_DOCUMENTS = [
  'describe-cluster',
  'access-entries',
  'aws-auth',
  'rbac',
  'authenticator-log',
  'audit-log',
  'node-groups',
  'fargate-profiles',
  'identity-providers',
  'pod-identity',
  'capabilities',
  'log-group',
] as const;
export type TopDocument = (typeof TOP_DOCUMENTS)[number];
export type AccountDocument = (typeof ACCOUNT_DOCUMENTS)[number];
export type RegionDocument = (typeof REGION_DOCUMENTS)[number];
export type ClusterDocument = (typeof CLUSTER_DOCUMENTS)[number];

export interface Readers {
  readonly places: () => Promise<Places>;
  readonly readTop: (document: TopDocument) => Promise<Raw>;
  readonly readAccount: (account: string, document: AccountDocument) => Promise<Raw>;
  readonly readRegion: (account: string, region: string, document: RegionDocument) => Promise<Raw>;
  readonly readCluster: (place: ClusterPlace, document: ClusterDocument) => Promise<Raw>;
}

/** The only source of the present moment. */
export interface Clock {
  /** ISO. */
  readonly now: () => string;
}

/** Where a finished report goes. */
export interface ReportSink {
  readonly write: (name: string, text: string) => Promise<string>;
}

/** Long work says how far it is; a terminal may show it, a Lambda ignores it. */
export interface Progress {
  readonly step: (what: string) => void;
  readonly end: () => void;
}
