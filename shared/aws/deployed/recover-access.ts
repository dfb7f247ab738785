/** What recover-access is given of AWS, as one file to load late. */
import type { LiveSources } from '../../ports.ts';
import { type AuditRole, openAuditRole } from '../audit-role.ts';
import { createLiveSources } from '../live.ts';

export function openRecovery(role: AuditRole): (account: string, now: string) => LiveSources {
  return openAuditRole(role, (access) => createLiveSources(access));
}
