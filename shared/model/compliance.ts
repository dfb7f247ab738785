/** What the detections say of a control of a standard; never more than they could see. */
import type { Source } from './coverage.ts';

export const CONTROL_STATUSES = ['fail', 'not-evaluated', 'pass'] as const;
export type ControlStatus = (typeof CONTROL_STATUSES)[number];

export interface Control {
  /** Such as "CIS EKS 1.7". */
  readonly standard: string;
  /** Such as "4.1.1". */
  readonly control: string;
  /** In our own words. */
  readonly title: string;
  /** The detections that ask for it. */
  readonly detections: readonly string[];
}

export interface ControlOnCluster {
  readonly arn: string;
  readonly status: ControlStatus;
  /** Fingerprints of what breaks it, accepted ones as well. */
  readonly findings: readonly string[];
  /** Sources that were not read in whole, and without which no silence is a pass. */
  readonly missing: readonly Source[];
}

export interface ControlResult extends Control {
  readonly status: ControlStatus;
  readonly reason: string;
  readonly clusters: readonly ControlOnCluster[];
}
