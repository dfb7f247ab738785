/** What collect-region is given of AWS, as one file to load late. */
import type { ObjectStore } from '../../ports.ts';
import { type AuditRole, openAuditRole } from '../audit-role.ts';
import { openBucket } from '../bucket.ts';
import { openHome } from '../home.ts';
import { openRegionSources, type RegionSources } from '../live-region.ts';
import { openLiveRun } from '../live-run.ts';

export interface DeployedAudit extends AuditRole {
  readonly bucket: string;
}

export interface RegionAdapters {
  readonly store: ObjectStore;
  readonly open: (account: string, now: string) => RegionSources;
}

export function openRegionAudit({ bucket, ...role }: DeployedAudit): RegionAdapters {
  return {
    store: openBucket(openHome(role), bucket),
    open: openAuditRole(role, (access) => openRegionSources(openLiveRun(access))),
  };
}
