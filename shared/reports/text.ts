/** The view of a report into calm text for a terminal. */
import { cut, measure, pad, wrap, wrapCommand } from './layout.ts';
import { createPaint, type Page, SEVERITY_STYLES } from './page.ts';
import { renderCoverage, renderHolders } from './text-cluster.ts';
import type { ClusterView, ReportView } from './view.ts';
import type { FindingsView, FindingView } from './view-findings.ts';

export interface TextOptions {
  readonly colour: boolean;
  /** Columns of the terminal; kept between 72 and 100. */
  readonly width: number;
  /** Where the reports lie, once they are written: the text is then a summary. Without them it is the whole. */
  readonly reports?: readonly string[];
}

export function renderText(view: ReportView, options: TextOptions): string {
  const page: Page = { width: Math.min(100, Math.max(72, options.width)), paint: createPaint(options.colour) };
  const lines = [
    ...renderTitle(view, page),
    ...view.clusters.flatMap((cluster) => renderCluster(cluster, page)),
    ...renderElsewhere(view, page),
    ...renderDoubts(view, page),
    ...view.clusters.flatMap((cluster) => renderCoverage(cluster, page)),
    ...renderList('Keyholders gone since the earlier report', view.gone, page),
    ...renderList('Beside the sources', view.besides, page),
    ...renderList('Not audited in whole', view.places, page),
    ...renderList('Accepted risks to look at', view.acceptances, page),
    ...renderList('Reports', options.reports ?? [], page),
  ];
  const spaced = lines.filter((line, index) => line !== '' || lines[index - 1] !== '');
  return `${spaced.join('\n')}\n`;
}

function renderTitle({ title, outcome, evidence, clusters }: ReportView, { width, paint }: Page): readonly string[] {
  const lines = [paint('bold', cut(title, width)), ...wrap(outcome, { width, indent: '', mostLines: 3 }), evidence];
  return clusters.length === 0 ? [...lines, '', 'No cluster was found in the evidence.'] : lines;
}

function renderCluster(cluster: ClusterView, page: Page): readonly string[] {
  const { width, paint } = page;
  const name = cut(cluster.name, width / 2);
  return [
    '',
    `${paint('bold', name)}  ${cut(cluster.facts.join(' · '), width - measure(name) - 2)}`,
    ...wrap(cluster.creator, { width, indent: '  ', mostLines: 3 }),
    '',
    ...renderHolders(cluster.holders, page),
    '',
    ...renderFindings(cluster.findings, page),
  ];
}

function renderElsewhere({ elsewhere }: ReportView, page: Page): readonly string[] {
  if (elsewhere.worst.length + elsewhere.others.length === 0) return [];
  return ['', page.paint('bold', 'Of no single cluster'), '', ...renderFindings(elsewhere, page)];
}

function renderFindings({ worst, others, none }: FindingsView, page: Page): readonly string[] {
  if (worst.length + others.length === 0) return [`  ${cut(none, page.width - 2)}`];
  return [
    ...worst.flatMap((finding) => renderFinding(finding, page)),
    ...others.map((other) => `  ${cut(other, page.width - 2)}`),
  ];
}

const SEVERITY_WIDTH = 8;

function renderFinding(finding: FindingView, { width, paint }: Page): readonly string[] {
  const indent = ' '.repeat(SEVERITY_WIDTH + 4);
  const severity = paint(SEVERITY_STYLES[finding.severity], pad(finding.severity.toUpperCase(), SEVERITY_WIDTH));
  const subject = cut(finding.subject, width - indent.length - finding.detection.length - 2);
  return [
    `  ${severity}  ${paint('bold', subject)}  ${finding.detection}`,
    ...wrap(finding.summary, { width, indent, mostLines: 4 }),
    ...wrap(finding.origin, { width, indent, mostLines: 2 }).map((line) => paint('dim', line)),
    ...(finding.command === null ? [] : wrapCommand(finding.command, width, indent)),
    '',
  ];
}

/** One line for each cause: the section is there to stay short. */
function renderDoubts({ doubtTitle, doubts }: ReportView, { width, paint }: Page): readonly string[] {
  if (doubts.length === 0) return [];
  return ['', paint('bold', doubtTitle), ...doubts.map((doubt) => `  ${cut(doubt, width - 2)}`)];
}

function renderList(title: string, lines: readonly string[], { width, paint }: Page): readonly string[] {
  if (lines.length === 0) return [];
  return ['', paint('bold', title), ...lines.flatMap((line) => wrap(line, { width, indent: '  ', mostLines: 2 }))];
}
