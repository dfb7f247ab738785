/**
 * What touches the world. Readers give raw bytes in the form of the evidence folder, whatever they read:
 * a folder and live AWS look alike from here, and a live run is recorded by copying what passes.
 */

import type { BegunQueries } from './model/begun-queries.ts';
import type { StatedCoverage, Window } from './model/coverage.ts';

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

/** Takes what a live run reads, file by file, as an evidence folder holds it. */
export interface EvidenceSink {
  /** `file` is its path below the folder. */
  readonly write: (file: string, text: string | AsyncIterable<string>) => Promise<void>;
}

/** A recording that also knows of places of which nothing could be read. */
export interface EvidenceRecorder extends EvidenceSink {
  /** `folder` is its path below the evidence folder: the folder of a cluster says that the cluster is there. */
  readonly addPlace: (folder: string) => Promise<void>;
}

/** How far a live read got; what it read went into the sink. */
export interface LiveRead {
  /** For each log and trail its window; for anything else a row only when it was not read in whole, with the reason. */
  readonly coverage: readonly StatedCoverage[];
  /** The query texts that were run. */
  readonly queries: readonly string[];
  /** What a reader has to do to see more: a policy statement or a command, by the reason it mends. */
  readonly mends: readonly { readonly reason: string; readonly mend: string }[];
}

/** The caller of a live run, as STS names it. */
export interface LiveCaller {
  readonly arn: string;
  readonly account: string;
  readonly userId: string;
}

/**
 * Live AWS, one method a source. A method never throws for what one place refuses or lacks: that is coverage. It throws
 * KeyholderError only when nothing at all can go on (no credentials), and ends early with `partial` when `signal` aborts.
 */
export interface LiveSources {
  readonly readCaller: () => Promise<LiveCaller>;
  /** Throws KeyholderError('read-failed') with the operation and the service's answer where the region does not list them. */
  readonly listClusters: (account: string, region: string) => Promise<readonly string[]>;
  /** iam.json, identity-center.json, organization.json. */
  readonly readAccount: (account: string, task: LiveTask) => Promise<LiveRead>;
  /** trails.json, guardduty.json. */
  readonly readRegion: (account: string, region: string, task: LiveTask) => Promise<LiveRead>;
  /** cloudtrail/** of the account: what these clusters of the region need. */
  readonly readCloudTrail: (clusters: readonly ClusterPlace[], task: LogTask) => Promise<LiveRead>;
  /** describe-cluster.json and the other answers of the EKS API, log-group.json. */
  readonly readEks: (place: ClusterPlace, task: LiveTask) => Promise<LiveRead>;
  /** cloudtrail/** of the account: what is older than the event history, of a cluster whose readEks came before. */
  readonly readTrailFiles?: (place: ClusterPlace, task: LogTask) => Promise<LiveRead>;
  /** rbac.json and aws-auth.yaml. */
  readonly readKubernetes: (place: ClusterPlace, task: LiveTask) => Promise<LiveRead>;
  /** authenticator.log and audit.ndjson of all clusters of one account and region. */
  readonly readLogs: (clusters: readonly ClusterPlace[], task: LogTask) => Promise<LiveRead>;
}

/** Whose credentials the sources of one account are read with, and what that may cost. */
export interface LiveAccess {
  /** Where STS is asked, and what has no region of its own. */
  readonly region: string;
  /** null: as the AWS SDK finds credentials by itself. */
  readonly profile: string | null;
  /** A role to assume with them; null: none. */
  readonly roleArn: string | null;
  /** Stands in for every endpoint of AWS (AWS_ENDPOINT_URL); null: none does. */
  readonly endpoint: string | null;
  /** Where the account's trail writes its files; null: only the event history is asked. */
  readonly trailBucket: string | null;
  /** Where the in-cluster collector writes what it reads of private clusters; null: nowhere. */
  readonly evidenceBucket?: string | null;
  /** Of log data, over the whole run; null: no limit. */
  readonly maxScanGb: number | null;
  /** ISO: the present moment of the run. */
  readonly now: string;
  /** Of Keyholder, for the user agent. */
  readonly version?: string;
  /** That the role's trust policy asks for; null: none. */
  readonly externalId?: string | null;
  readonly sharedBy?: number; // how many processes take their part of the same rates at once
  /** Lives of clusters whose creator is proven: no trail is asked for them again. */
  readonly knownCreators?: readonly { readonly clusterArn: string; readonly life: string }[];
  /** ARNs, as the authenticator logs them, whose sessions in system:masters are expected: they come counted, not whole. */
  readonly knownAdmins?: readonly string[];
}

/** Makes no call yet. */
export type OpenLiveSources = (access: LiveAccess) => LiveSources;

export interface LiveTask {
  readonly sink: EvidenceSink;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

export interface LogTask extends LiveTask {
  readonly window: Window;
  readonly queries?: BegunQueries; // left out: each query is waited for
  readonly includesIam?: boolean; // false: another call reads what IAM recorded of the account
  readonly calls?: readonly string[]; // these alone, and of CloudTrail its history alone; left out: what an audit needs
}

/** A row of what is remembered. Its body is JSON of at most 100 KB. */
export interface StoredItem {
  /** The ARN of a cluster, or `account:<id>`, or `estate`. */
  readonly partition: string;
  /** Such as `finding#<fingerprint>`; unique within the partition. */
  readonly key: string;
  /** Counts its writes, from 1. */
  readonly version: number;
  readonly body: unknown;
  /** ISO; null for what is kept for ever. */
  readonly expiresAt: string | null;
}

/** Single rows, written one at a time: whoever read an older version reads again. Throws KeyholderError where one fails. */
export interface FindingStore {
  /** What is there now, never an older view of it. */
  readonly get: (partition: string, key: string) => Promise<StoredItem | null>;
  /** The rows whose key begins so, in the order of their keys' bytes; the last `most` of them, where that is given. */
  readonly list: (partition: string, prefix: string, most?: number) => Promise<readonly StoredItem[]>;
  /** False, and nothing written, unless the row stands at the version before this one (1: unless there is no row). */
  readonly put: (item: StoredItem) => Promise<boolean>;
}

/** The latest evidence of each cluster, as a folder that can be read again. */
export interface SnapshotStore {
  /** null where no audit has left one. */
  readonly open: (clusterArn: string) => Promise<Snapshot | null>;
}

/** Asks for a cluster to be read again soon; returns before it was. */
export interface LiveRefresh {
  readonly request: (clusterArn: string, reason: string) => Promise<void>;
}

export interface Snapshot {
  /** Another version is another content. */
  readonly version: string;
  /** ISO: up to when it reaches. */
  readonly at: string;
  readonly readers: Readers;
}

/** Objects by key, as a bucket keeps them. */
export interface ObjectStore {
  /** null where nothing lies. Throws KeyholderError('read-failed'). */
  readonly read: (key: string) => Promise<Uint8Array | null>;
  /** Throws KeyholderError('write-failed'). */
  readonly write: (key: string, body: string | Uint8Array) => Promise<void>;
  /** The keys that begin so, in the order of their bytes. Throws KeyholderError('read-failed'). */
  readonly list: (prefix: string) => Promise<readonly string[]>;
}

export interface BusEvent {
  readonly source: string;
  readonly detailType: string;
  /** JSON. */
  readonly detail: string;
}

/** The bus of the home account, on which the events of every account and region meet. */
export interface EventBus {
  /** Any number of them. Throws KeyholderError('write-failed') when one was not taken; the others were. */
  readonly put: (events: readonly BusEvent[]) => Promise<void>;
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
  /** A line that stays, such as what the next step may cost; where there is no such place it is left out. */
  readonly note?: (line: string) => void;
  readonly end: () => void;
}
