/** The audit of the sample estate into the excerpt that the README shows. */
import { openEvidenceFolder } from '../shared/offline/evidence-folder.ts';
import { auditEvidence } from '../shared/pipeline/audit.ts';
import { collectEvidence } from '../shared/pipeline/collect.ts';
import { renderFormat } from '../shared/pipeline/tell.ts';

/** When the estate was collected; the script `demo` names the same time. */
const NOW = '2026-11-21T03:00:00Z';

export async function renderDemo(estate: string): Promise<string> {
  const report = auditEvidence(await collectEvidence(openEvidenceFolder(estate)), NOW);
  return renderFormat(report, 'text', { width: 80, reports: ['out/report.txt', 'out/report.json', 'out/access.csv'] });
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
