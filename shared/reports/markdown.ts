/** The view of a report into Markdown for tickets and pull requests. */
import { escapeMarkdown, fenceCode } from './escape.ts';
import { renderTable } from './scope-markdown.ts';
import type { ClusterView, ReportView } from './view.ts';
import type { FindingsView, FindingView } from './view-findings.ts';
import type { HoldersView } from './view-holders.ts';

export function renderMarkdown(view: ReportView): string {
  const { title, outcome, evidence, clusters, elsewhere, doubtTitle, doubts, places, gone } = view;
  const parts = [
    `# ${escapeMarkdown(title)}`,
    escapeMarkdown(outcome),
    escapeMarkdown(evidence),
    ...clusters.flatMap(renderCluster),
    ...(elsewhere.worst.length + elsewhere.others.length === 0
      ? []
      : ['## Of no single cluster', ...renderFindings(elsewhere)]),
    ...renderList(`## ${escapeMarkdown(doubtTitle)}`, doubts),
    ...renderList('## Keyholders gone since the earlier report', gone),
    ...renderList('## Not audited in whole', places),
  ];
  return `${parts.join('\n\n')}\n`;
}

function renderCluster({ name, facts, creator, holders, findings }: ClusterView): readonly string[] {
  return [
    `## ${escapeMarkdown(name)}`,
    escapeMarkdown(facts.join(' · ')),
    `${escapeMarkdown(creator)}.`,
    ...renderHolders(holders),
    ...renderFindings(findings),
  ];
}

function renderHolders({ keyholders, none, folded }: HoldersView): readonly string[] {
  const rows = keyholders.map(({ holder, level, since, lastUsed, people, through }) => [
    holder,
    level,
    since,
    lastUsed,
    people,
    through,
  ]);
  return [
    keyholders.length === 0
      ? escapeMarkdown(none)
      : renderTable({ columns: ['Holder', 'Level', 'Since', 'Last used', 'People', 'Through'], rows }),
    ...folded.map(escapeMarkdown),
  ];
}

function renderFindings({ worst, others, none }: FindingsView): readonly string[] {
  if (worst.length + others.length === 0) return [escapeMarkdown(none)];
  return [
    ...worst.map(renderFinding),
    ...(others.length === 0 ? [] : [others.map((line) => `- ${escapeMarkdown(line)}`).join('\n')]),
  ];
}

function renderFinding({ severity, detection, subject, summary, origin, command }: FindingView): string {
  const text = `**${severity.toUpperCase()}** ${escapeMarkdown(summary)}`;
  const small = `${escapeMarkdown(detection)}, ${escapeMarkdown(subject)}; ${escapeMarkdown(origin)}`;
  return [text, small, ...(command === null ? [] : [fenceCode(command, 'sh')])].join('\n\n');
}

function renderList(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [heading, lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n')];
}
