/** What lies with a region of an account rather than with a cluster: its trails and its GuardDuty detectors. */
import type { Coverage, Ref } from './coverage.ts';

export interface Trail {
  readonly name: string;
  readonly arn: string | null;
  readonly homeRegion: string | null;
  readonly isMultiRegion: boolean;
  /** From get-trail-status; null when it was not read. */
  readonly isLogging: boolean | null;
  /** Whether it records management events that write, as those of EKS and IAM do; null when its selectors were not read. */
  readonly recordsWrites: boolean | null;
  readonly evidence: Ref;
}

export interface Detector {
  readonly isEnabled: boolean;
  /** Whether it reads the Kubernetes audit logs of EKS; null when the answer does not speak of it. */
  readonly readsAuditLogs: boolean | null;
  readonly evidence: Ref;
}

export interface RegionEvidence {
  readonly account: string;
  readonly region: string;
  /** null when they were not read. */
  readonly trails: readonly Trail[] | null;
  readonly detectors: readonly Detector[] | null;
  readonly coverage: readonly Coverage[];
}
