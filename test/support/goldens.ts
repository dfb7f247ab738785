/** The sample estate into the reports that are kept as goldens. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { openEvidenceFolder } from '../../shared/offline/evidence-folder.ts';
import { auditEvidence } from '../../shared/pipeline/audit.ts';
import { collectEvidence } from '../../shared/pipeline/collect.ts';
import { renderReport } from '../../shared/reports/render.ts';
import { NOW } from './facts.ts';

export const GOLDEN_FOLDER = join(import.meta.dirname, '../fixtures/golden');
const ESTATE = join(import.meta.dirname, '../../events/estate');

/** Name to content. Of the JSON, which is large, the hash is kept: its fields stand in the other two. */
export async function renderGoldens(): Promise<ReadonlyMap<string, string>> {
  const report = auditEvidence(await collectEvidence(openEvidenceFolder(ESTATE)), NOW);
  const options = { colour: false, width: 100 };
  const json = renderReport(report, 'json', options);
  return new Map([
    ['estate.txt', renderReport(report, 'text', options)],
    ['estate.csv', renderReport(report, 'csv', options)],
    ['estate.json.sha256', `${createHash('sha256').update(json).digest('hex')}\n`],
  ]);
}

export async function renderEstateJson(): Promise<string> {
  const report = auditEvidence(await collectEvidence(openEvidenceFolder(ESTATE)), NOW);
  return renderReport(report, 'json', { colour: false, width: 100 });
}
