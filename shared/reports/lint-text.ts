/** What lint found into text in the form of a compiler: file, line, column, what is wrong, what comes of it, the mend. */
import type { AwsAuthProblem, Position } from '../model/aws-auth.ts';
import type { LintedFile, LintFix, LintLevel, LintRemark, LintReport } from '../model/lint.ts';
import { escapeText } from './escape.ts';
import { cut, wrap } from './layout.ts';
import { countLevels, wordCount, wordLevels } from './lint-counts.ts';
import { createPaint, type Page, type Style } from './page.ts';

export interface LintTextOptions {
  readonly colour: boolean;
  readonly width: number;
  /** Where the reports lie, when they were written to files as well. */
  readonly files?: readonly string[];
}

const LEVEL_STYLES: Readonly<Record<LintLevel, Style>> = { error: 'red', warning: 'yellow', note: 'blue' };
const INDENT = '    ';
/** The first line is for editors, which do not join lines: it may be longer than the terminal. */
const LONGEST_MESSAGE = 500;

export function renderLintText(report: LintReport, options: LintTextOptions): string {
  const page: Page = { width: Math.min(100, Math.max(72, options.width)), paint: createPaint(options.colour) };
  const lines = [
    ...report.files.flatMap((file) => renderFile(file, page)),
    ...report.unreadable.map(({ file, position, reason }) =>
      renderHead({ file, position, level: 'error', message: `not checked: ${reason}` }, page),
    ),
    ...renderSummary(report, page),
    ...(options.files ?? []).map((path) => `Written: ${escapeText(path)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function renderFile({ file, rows, accounts, remarks, fix }: LintedFile, page: Page): readonly string[] {
  const explained = new Map<string, LintRemark>();
  const told = remarks.flatMap((remark) => {
    const { position, level, detection, problem } = remark;
    const message = `${cut(remark.message, LONGEST_MESSAGE)} [${detection}${problem === null ? '' : `: ${problem}`}]`;
    return [renderHead({ file, position, level, message }, page), ...explain(remark, explained, page)];
  });
  const read = `${escapeText(file)}: ${wordCount(rows, 'row')}, ${wordCount(accounts, 'account')}, no remark`;
  return [...(remarks.length === 0 ? [read] : told), ...(fix === null ? [] : renderFix(file, fix, page)), ''];
}

/** Why it matters is said once for each detection; what a problem does differs from row to row. */
function explain(remark: LintRemark, explained: Map<string, LintRemark>, page: Page): readonly string[] {
  const first = explained.get(remark.detection);
  if (remark.problem === null && first !== undefined) return [`${INDENT}As in line ${first.position.line}.`];
  if (remark.problem === null) explained.set(remark.detection, remark);
  return [...renderParagraph(remark.effect, page), ...renderParagraph(`Mend: ${remark.mend}`, page)];
}

function renderParagraph(text: string, { width }: Page): readonly string[] {
  return wrap(text, { width, indent: INDENT, mostLines: 8 });
}

interface Head {
  readonly file: string;
  readonly position: Position | null;
  readonly level: LintLevel;
  /** Hostile, but not longer than a line may be. */
  readonly message: string;
}

function renderHead({ file, position, level, message }: Head, { paint }: Page): string {
  const place = `${escapeText(file)}${position === null ? '' : `:${position.line}:${position.column}`}`;
  return `${paint('bold', `${place}:`)} ${paint(LEVEL_STYLES[level], level)}: ${escapeText(message)}`;
}

function renderFix(file: string, fix: LintFix, page: Page): readonly string[] {
  const counts = `${fix.mended.length} mended, ${fix.left.length} left`;
  const title = fix.file === null ? `${file}: nothing was mended, no file was written` : `${fix.file}: ${counts}`;
  return [
    page.paint('bold', escapeText(title)),
    ...fix.mended.flatMap((problem) => renderParagraph(`mended: ${wordProblem(problem)}`, page)),
    ...fix.left.flatMap(({ problem, reason }) =>
      renderParagraph(`left, since ${reason}: ${wordProblem(problem)}`, page),
    ),
  ];
}

function wordProblem({ position, message }: AwsAuthProblem): string {
  return `line ${position.line}: ${message}`;
}

function renderSummary(report: LintReport, page: Page): readonly string[] {
  const { files, unreadable, verdicts } = report;
  const counts = countLevels(report);
  const verdict = counts.error > 0 ? page.paint('red', 'Access is lost') : 'No access is lost';
  const checked = `${wordLevels(counts)} in ${wordCount(files.length, 'file')}`;
  const skipped = unreadable.length === 0 ? '' : `, ${wordCount(unreadable.length, 'file')} not checked`;
  const judged = verdicts.filter(({ status }) => status === 'evaluated').length;
  return [
    `${files.length === 0 ? '' : `${verdict}: `}${checked}${skipped}.`,
    ...wrap(
      `A file alone lets ${judged} of ${wordCount(verdicts.length, 'detection')} judge in whole; the others need RBAC, IAM or logs as well, which keyholder audit reads.`,
      { width: page.width, indent: '', mostLines: 3 },
    ),
  ];
}
