/** One record as it came in by itself, and the cluster that it concerns. */
import type { EvidenceRecord } from './records.ts';

export interface Happening {
  readonly clusterArn: string;
  /** The same for each delivery of the same event. */
  readonly id: string;
  /** ISO. */
  readonly at: string;
  readonly record: EvidenceRecord;
}
