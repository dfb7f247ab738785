/** What a live run could read, found out by one small call for each right that it takes. */
import type { Source } from './coverage.ts';

export interface Probe {
  readonly source: Source;
  /** IAM action, or the request to the Kubernetes API. */
  readonly action: string;
  readonly status: 'readable' | 'denied' | 'disabled' | 'unavailable';
  /** null when it is readable. */
  readonly reason: string | null;
  /** A policy statement where one is missing, or a command. */
  readonly mend: string | null;
}

export interface PreflightRow extends Probe {
  readonly account: string;
  readonly region: string | null;
  readonly cluster: string | null;
  /** What the report leaves open without it; null when it is readable. */
  readonly unanswered: string | null;
  readonly isMissing: boolean;
}

export interface Preflight {
  readonly schema: 'keyholder.preflight/v1';
  readonly generatedAt: string;
  readonly callers: readonly string[];
  readonly rows: readonly PreflightRow[];
  readonly missing: number;
  /** Every missing statement as one policy, to be pasted; null when none is. */
  readonly policy: { readonly Version: '2012-10-17'; readonly Statement: readonly unknown[] } | null;
}
