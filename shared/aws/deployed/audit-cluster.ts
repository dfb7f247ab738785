/** What audit-cluster is given of AWS, as one file to load late: what several late files share lies in ever more files. */
import type { FindingStore, ObjectStore } from '../../ports.ts';
import { openAuditRole } from '../audit-role.ts';
import { openBucket } from '../bucket.ts';
import { openFindingsTable } from '../findings-table.ts';
import { openHome } from '../home.ts';
import { type ClusterSources, openClusterSources } from '../live-cluster.ts';
import { openLiveRun } from '../live-run.ts';
import type { DeployedAudit } from './collect-region.ts';

export interface DeployedClusterAudit extends DeployedAudit {
  readonly table: string | null;
}

export interface ClusterAdapters {
  readonly store: ObjectStore;
  readonly findings: FindingStore | null;
  readonly open: (account: string, now: string) => ClusterSources;
}

export function openClusterAudit({ bucket, table, ...role }: DeployedClusterAudit): ClusterAdapters {
  const home = openHome(role);
  return {
    store: openBucket(home, bucket),
    findings: table === null ? null : openFindingsTable(home, table),
    open: openAuditRole(role, (access) => openClusterSources(openLiveRun(access))),
  };
}
