/** What lint found into JSON, for scripts. */
import type { LintReport } from '../model/lint.ts';
import { escapeJson } from './escape.ts';
import { countLevels } from './lint-counts.ts';

export function renderLintJson(report: LintReport): string {
  const { version, files, unreadable, verdicts } = report;
  const { error, warning, note } = countLevels(report);
  const content = {
    schema: 'keyholder.lint/v1',
    version,
    summary: { files: files.length, unreadable: unreadable.length, losesAccess: error > 0, error, warning, note },
    files,
    unreadable,
    verdicts,
  };
  return `${escapeJson(JSON.stringify(content, null, 2))}\n`;
}
