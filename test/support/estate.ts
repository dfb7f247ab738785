/** The audit of the sample estate, as the demo runs it. */
import { fileURLToPath } from 'node:url';
import type { Finding } from '../../shared/model/finding.ts';
import type { Report } from '../../shared/model/report.ts';
import { openEvidenceFolder } from '../../shared/offline/evidence-folder.ts';
import { auditEvidence } from '../../shared/pipeline/audit.ts';
import { collectEvidence } from '../../shared/pipeline/collect.ts';

export const ESTATE = fileURLToPath(new URL('../../events/estate', import.meta.url));
/** When the estate was collected, by its manifest. */
export const ESTATE_NOW = '2026-11-21T03:00:00Z';

export async function auditEstate(): Promise<Report> {
  return auditEvidence(await collectEvidence(openEvidenceFolder(ESTATE)), ESTATE_NOW);
}

export function listFindings({ clusters, findings }: Report): readonly Finding[] {
  return [...clusters.flatMap((cluster) => cluster.findings), ...findings];
}
