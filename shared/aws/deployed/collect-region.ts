/** What collect-region is given of AWS, as one file to load late. */
import type { ObjectStore } from '../../ports.ts';
import { type AuditRole, openAuditRole } from '../audit-role.ts';
import { openBucket } from '../bucket.ts';
import { openHome } from '../home.ts';

export interface DeployedAudit extends AuditRole {
  readonly bucket: string;
}

export interface AuditAdapters {
  readonly store: ObjectStore;
  readonly open: ReturnType<typeof openAuditRole>;
}

export function openRegionAudit({ bucket, ...role }: DeployedAudit): AuditAdapters {
  return { store: openBucket(openHome(role), bucket), open: openAuditRole(role) };
}
