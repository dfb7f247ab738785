/** What audit-cluster is given of AWS, as one file to load late: what several late files share lies in ever more files. */
import type { FindingStore, ObjectStore } from '../../ports.ts';
import { type AuditRole, openAuditRole } from '../audit-role.ts';
import { openBucket } from '../bucket.ts';
import { openFindingsTable } from '../findings-table.ts';
import { openHome } from '../home.ts';

export interface DeployedClusterAudit extends AuditRole {
  readonly bucket: string;
  readonly table: string | null;
}

export interface ClusterAuditAdapters {
  readonly store: ObjectStore;
  readonly findings: FindingStore | null;
  readonly open: ReturnType<typeof openAuditRole>;
}

export function openClusterAudit({ bucket, table, ...role }: DeployedClusterAudit): ClusterAuditAdapters {
  const home = openHome(role);
  return {
    store: openBucket(home, bucket),
    findings: table === null ? null : openFindingsTable(home, table),
    open: openAuditRole(role),
  };
}
