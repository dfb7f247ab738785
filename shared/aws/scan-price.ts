/** Turns bytes that a query scans into what they cost, and keeps a run within the bytes it may scan. */
import type { Scan } from '../model/coverage.ts';
import type { ClusterPlace } from '../ports.ts';

/** Dollars a gigabyte scanned, both classes alike, as of 2026-11-21: https://aws.amazon.com/cloudwatch/pricing/ */
const DOLLARS_PER_GB = 0.005;
const BY_REGION: ReadonlyMap<string, number> = new Map([['ap-northeast-1', 0.0076]]);

/** The price list does not say whether a gigabyte is 10^9 or 2^30 bytes: the smaller one never promises too little. */
export const BYTES_PER_GB = 1_000_000_000;

/** Rounded to a millionth of a dollar. */
export function priceScan(bytes: number, region: string): number {
  return Math.round((bytes / BYTES_PER_GB) * (BY_REGION.get(region) ?? DOLLARS_PER_GB) * 1_000_000) / 1_000_000;
}

export function describeScan(bytes: number, region: string): string {
  const gigabytes = bytes / BYTES_PER_GB;
  const dollars = priceScan(bytes, region);
  return `${gigabytes.toFixed(gigabytes < 0.1 ? 4 : 2)} GB, about $${dollars.toFixed(dollars < 0.1 ? 4 : 2)}`;
}

/** Of queries that asked the logs of all these clusters together, which are of one region. */
export function describeScanned(bytes: number, places: readonly ClusterPlace[]): Scan {
  return { bytesScanned: bytes, dollars: priceScan(bytes, places[0]?.region ?? ''), clusters: places.length };
}

/** What all queries of a run together may scan. */
export interface ScanBudget {
  readonly maxBytes: number;
  /** `running`: of a query that has not ended yet. */
  readonly isSpent: (running?: number) => boolean;
  readonly add: (bytes: number) => void;
  readonly used: () => number;
}

export function createScanBudget(maxScanGb: number | null): ScanBudget {
  const maxBytes = maxScanGb === null ? Number.POSITIVE_INFINITY : maxScanGb * BYTES_PER_GB;
  let used = 0;
  return {
    maxBytes,
    isSpent: (running = 0) => used + running > maxBytes,
    add: (bytes) => {
      used += bytes;
    },
    used: () => used,
  };
}
