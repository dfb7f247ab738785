/** The audit of the sample estate, and a plan for one of its clusters, into the excerpts that the README shows. */
import { openEvidenceFolder } from '../shared/offline/evidence-folder.ts';
import { auditEvidence } from '../shared/pipeline/audit.ts';
import { collectEvidence } from '../shared/pipeline/collect.ts';
import { migrateCluster } from '../shared/pipeline/migrate.ts';
import { renderFormat } from '../shared/pipeline/tell.ts';
import { renderMigration } from '../shared/pipeline/tell-migration.ts';

/** When the estate was collected; the script `demo` names the same time. */
const NOW = '2026-11-21T03:00:00Z';

export async function renderDemo(estate: string): Promise<string> {
  const report = auditEvidence(await collectEvidence(openEvidenceFolder(estate)), NOW);
  return renderFormat(report, 'text', { width: 80, reports: ['out/report.txt', 'out/report.json', 'out/access.csv'] });
}

/** The answer, what blocks, and the first of what moves. */
export async function excerptMigration(estate: string, cluster: string): Promise<string> {
  const wish = { allowsDifferences: false, grantsUnmatched: false, verify: null };
  const plan = await migrateCluster(openEvidenceFolder(estate), { cluster, now: NOW, ...wish });
  const lines = renderMigration(plan, 'text', { colour: false, width: 80 }).split('\n');
  const moves = lines.indexOf('Moves');
  if (moves < 0) throw new Error(`expected rows of ${cluster} that move`);
  return ['```', ...lines.slice(0, moves + 6), '  …', '```'].join('\n');
}

/** Head, the first rows of the cluster's keyholders, its first finding, and what could not be judged. */
export function excerptDemo(demo: string, cluster: string): string {
  const lines = demo.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`${cluster}  `));
  const finding = lines.findIndex((line, index) => index > start && /^ {2}(CRITICAL|HIGH)/.test(line));
  const doubts = lines.findIndex((line) => line.startsWith('What could not be judged'));
  if (start < 0 || finding < 0 || doubts < 0) throw new Error(`expected a report with findings on ${cluster}`);
  const blank = (from: number): number => lines.indexOf('', from);
  const parts = [
    [...lines.slice(0, blank(0)), ''],
    [...lines.slice(start, start + 14), '  …', ''],
    [...lines.slice(finding, blank(finding)), '  …', ''],
    lines.slice(doubts, blank(doubts)),
  ];
  return ['```', ...parts.flat(), '```'].join('\n');
}
