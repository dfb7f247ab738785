/** What recover-access is given of AWS, as one file to load late: no more than a plan looks at. */
import type { LiveSources } from '../../ports.ts';
import { type AuditRole, openAuditRole } from '../audit-role.ts';
import { openAccountSources } from '../live-account.ts';
import { openClusterSources } from '../live-cluster.ts';
import { openRecordSources } from '../live-region.ts';
import { openLiveRun } from '../live-run.ts';

export function openRecovery(role: AuditRole): (account: string, now: string) => Omit<LiveSources, 'readRegion'> {
  return openAuditRole(role, (access) => {
    const run = openLiveRun(access);
    return { ...openAccountSources(run), ...openRecordSources(run), ...openClusterSources(run) };
  });
}
