/** What the audit of a cluster found on its region into the one row of each fact, whichever of its clusters comes first. */
import { isOfRegion } from '../findings/region-findings.ts';
import type { Finding } from '../model/finding.ts';
import type { ClusterReport } from '../model/report.ts';
import type { FindingStore } from '../ports.ts';
import { listRegionRows, partitionOfRegion } from './region-rows.ts';
import { listTrusted } from './remember-audit.ts';
import { rememberFindings } from './remember-findings.ts';

export interface AuditedRegion {
  /** Of one cluster there: what it could not see of the region, its silence does not end. */
  readonly report: ClusterReport;
  /** Of any region. */
  readonly findings: readonly Finding[];
  /** ISO: up to when the evidence reaches. */
  readonly at: string;
}

/** Rows that were written: of all the clusters of a run, by one of them. */
export async function rememberRegion(store: FindingStore, { report, findings, at }: AuditedRegion): Promise<number> {
  return rememberFindings(
    store,
    {
      clusterArn: partitionOfRegion(report),
      life: null,
      findings: findings.filter((finding) => isOfRegion(finding, report)),
      resolvable: listTrusted(report),
      rows: await listRegionRows(store, report),
    },
    // Never a baseline: that is of one cluster, and its neighbours may have been audited for months.
    { origin: 'audit', cause: 'audit', at, basis: at },
  );
}
