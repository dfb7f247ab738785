/** What audit-cluster is given of AWS, as one file to load late: what several late files share lies in ever more files. */
import type { FindingStore } from '../../ports.ts';
import { openFindingsTable } from '../findings-table.ts';
import { openHome } from '../home.ts';
import { type AuditAdapters, type DeployedAudit, openRegionAudit } from './collect-region.ts';

export interface DeployedClusterAudit extends DeployedAudit {
  readonly table: string | null;
}

export interface ClusterAuditAdapters extends AuditAdapters {
  readonly findings: FindingStore | null;
}

export function openClusterAudit({ table, ...deployed }: DeployedClusterAudit): ClusterAuditAdapters {
  const findings = table === null ? null : openFindingsTable(openHome(deployed), table);
  return { ...openRegionAudit(deployed), findings };
}
