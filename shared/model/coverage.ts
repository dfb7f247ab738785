/** How much of each source was read: the reason that silence can, or cannot, be trusted. */

export const SOURCES = [
  'authenticator-log',
  'audit-log',
  'cloudtrail',
  'eks-api',
  'aws-auth',
  'rbac',
  'iam',
  'identity-center',
  'organizations',
  'trails',
  'guardduty',
] as const;
export type Source = (typeof SOURCES)[number];

/** Pieces of `eks-api` that are read by calls (and lie in files) of their own. */
export const EKS_PARTS = [
  'cluster',
  'access-entries',
  'node-groups',
  'fargate-profiles',
  'identity-providers',
  'pod-identity',
  'capabilities',
  'log-group',
] as const;
export type EksPart = (typeof EKS_PARTS)[number];

/** What a detection can need: a whole source, or one piece of `eks-api`. */
export type Need = Source | `eks-api/${EksPart}`;

export type CoverageStatus = 'complete' | 'partial' | 'disabled' | 'denied' | 'unavailable';

/** ISO times, both inclusive. */
export interface Window {
  readonly from: string;
  readonly to: string;
}

/** Records of one source that could not be understood: how many, why, and the first of them (redacted). */
export interface Skip {
  readonly reason: string;
  readonly count: number;
  readonly sample: string;
  readonly file: string | null;
  readonly line: number;
}

/** What log queries read to find what they gave; of several clusters together where one query asked them all. */
export interface Scan {
  readonly bytesScanned: number;
  /** At the list price of the region. */
  readonly dollars: number;
  readonly clusters: number;
}

export interface Coverage {
  readonly source: Source;
  readonly status: CoverageStatus;
  readonly window: Window | null;
  /** Records read and understood. */
  readonly read: number;
  /** Records met and not understood; always the sum of `skips`. */
  readonly skipped: number;
  readonly skips: readonly Skip[];
  /** Why the status is not `complete`; null when it is. */
  readonly reason: string | null;
  /** Only for `eks-api`: the status of each piece, since a detection may need one of them alone. */
  readonly parts?: Readonly<Partial<Record<EksPart, CoverageStatus>>>;
  /** Only for logs that were queried live. */
  readonly scan?: Scan;
  /** It was asked and broke off: at a limit, at a time that ran out, or by a failure that may pass. */
  readonly isCut?: true;
  /** Nobody asked it: what the answer was for does not depend on it. */
  readonly isUnasked?: true;
  /** Only for `cloudtrail`: the names of the calls that were asked for; left out: whatever was recorded. */
  readonly calls?: readonly string[];
}

/** What whoever read the sources says of one: stands above what the files alone would say. */
export interface StatedCoverage {
  readonly source: Source;
  /** A place or part that is null means every one of them. */
  readonly account: string | null;
  readonly region: string | null;
  readonly cluster: string | null;
  /** Only for `eks-api`. */
  readonly part: EksPart | null;
  readonly status: CoverageStatus;
  readonly window: Window | null;
  readonly reason: string | null;
  readonly scan?: Scan;
  readonly isCut?: true;
  readonly isUnasked?: true;
  readonly calls?: readonly string[];
}

/** Points at the very record that shows a thing. `line` counts from 1; 0 means the whole file or no file. */
export interface Ref {
  readonly source: Source;
  readonly id: string | null;
  readonly at: string | null;
  readonly file: string | null;
  readonly line: number;
}

/** What a parser makes of raw input: what it understood, and what it had to pass over. */
export interface Parsed<T> {
  readonly records: readonly T[];
  readonly skips: readonly Skip[];
}

/** How far a detection's silence may be trusted. */
export type VerdictStatus = 'evaluated' | 'partly-evaluated' | 'not-evaluated';

export interface Verdict {
  readonly detection: string;
  readonly status: VerdictStatus;
  /** The sources of the best alternative that were not read in whole. */
  readonly missing: readonly Source[];
  readonly reason: string | null;
  /** What it had to be compared with and was not there: an earlier audit, or a log of many days. */
  readonly lack?: string;
}
