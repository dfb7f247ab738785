/** What a report asked for and what answered, into one page of Markdown for an auditor. */
import { escapeMarkdown } from './escape.ts';
import type { StatementView, TableView } from './view-statement.ts';

export function renderScope({ title, lead, sections }: StatementView): string {
  const parts = [
    `# ${escapeMarkdown(title)}`,
    ...lead.map(escapeMarkdown),
    ...sections.flatMap(({ heading, lines, tables }) => [
      `## ${escapeMarkdown(heading)}`,
      ...(lines.length === 0 ? [] : [lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n')]),
      ...tables.map(renderTable),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

export function renderTable({ columns, rows }: TableView): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  return [line(columns), `|${' --- |'.repeat(columns.length)}`, ...rows.map(line)].join('\n');
}
