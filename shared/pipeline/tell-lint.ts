/** What lint found to people and machines: as one text, or as files. */
import type { LintReport } from '../model/lint.ts';
import type { ReportSink } from '../ports.ts';
import { renderLintJson } from '../reports/lint-json.ts';
import { renderLintSarif } from '../reports/lint-sarif.ts';
import { type LintTextOptions, renderLintText } from '../reports/lint-text.ts';

export const LINT_FORMATS = ['text', 'json', 'sarif'] as const;
export type LintFormat = (typeof LINT_FORMATS)[number];

const FILE_NAMES: Readonly<Record<LintFormat, string>> = {
  text: 'lint.txt',
  json: 'lint.json',
  sarif: 'lint.sarif',
};

/** What a file holds is the same on every machine. */
const IN_A_FILE: LintTextOptions = { colour: false, width: 100 };

export function tellLint(report: LintReport, format: LintFormat, options: LintTextOptions = IN_A_FILE): string {
  switch (format) {
    case 'text':
      return renderLintText(report, options);
    case 'json':
      return renderLintJson(report);
    case 'sarif':
      return renderLintSarif(report);
  }
}

/** Gives the paths, in the order of the formats. */
export async function writeLint(
  report: LintReport,
  formats: readonly LintFormat[],
  sink: ReportSink,
): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const format of formats) paths.push(await sink.write(FILE_NAMES[format], tellLint(report, format)));
  return paths;
}
