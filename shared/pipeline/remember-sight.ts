/** Whoever an audit saw at work into the row that tells a first session from one of many. */
import { addSeen } from '../findings/sight.ts';
import type { Usage } from '../model/evidence.ts';
import type { ClusterReport } from '../model/report.ts';
import type { FindingStore } from '../ports.ts';
import { keepRow } from './remembered-row.ts';

export interface SeenByAudit {
  readonly report: ClusterReport;
  readonly at: string;
  readonly usage: readonly Usage[];
}

/** Written where somebody new was seen: the windows of the logs stand in the row of the run. */
export function rememberSight(store: FindingStore, { report, at, usage }: SeenByAudit): Promise<number> {
  const { arn, createdAt: life } = report;
  return keepRow(store, {
    partition: arn,
    key: 'seen',
    kind: 'seen',
    change: (stored) => addSeen(stored, { at, life, usage }),
  });
}
