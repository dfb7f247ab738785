/** What lint found into SARIF 2.1.0, which code hosts show at the lines of a pull request. */
import type { Position } from '../model/aws-auth.ts';
import type { Severity } from '../model/finding.ts';
import type { LintedFile, LintRemark, LintReport, LintRule, UnreadableFile } from '../model/lint.ts';
import { escapeJson, escapeText } from './escape.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

export function renderLintSarif(report: LintReport): string {
  const { version, files, unreadable, rules } = report;
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const run = {
    tool: { driver: { name: 'Keyholder', semanticVersion: version, rules: rules.map(describeRule) } },
    invocations: [
      {
        executionSuccessful: unreadable.length === 0,
        toolExecutionNotifications: [...unreadable.map(notifyUnreadable), ...files.flatMap(notifyFix)],
      },
    ],
    columnKind: 'utf16CodeUnits',
    artifacts: [...new Set(files.map(({ file }) => toUri(file)))].map((uri) => ({ location: { uri } })),
    results: files.flatMap(({ file, remarks }) =>
      remarks.map((remark) => describeResult(file, remark, indexes.get(remark.detection) ?? -1)),
    ),
  };
  return `${escapeJson(JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2))}\n`;
}

/** Scores by which GitHub names a severity of its own. */
const SCORES: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: '0.0',
};

function describeRule({ id, title, severity, why, fix, blindSpots, references }: LintRule) {
  const [helpUri] = references;
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `${fix} ${blindSpots}` },
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level: severity === 'low' || severity === 'info' ? 'note' : 'warning' },
    properties: { tags: ['security', 'eks', 'aws-auth'], 'security-severity': SCORES[severity] },
  };
}

function describeResult(file: string, remark: LintRemark, ruleIndex: number) {
  const { detection, level, message, effect, mend, position, fingerprint } = remark;
  const { problem, severity, subject, losesAccess } = remark;
  return {
    ruleId: detection,
    ruleIndex,
    level,
    message: { text: wordMessage(`${message} ${effect} ${mend}`) },
    locations: [describeLocation(file, position)],
    partialFingerprints: { 'keyholder/v1': fingerprint },
    properties: { severity, subject, losesAccess, ...(problem === null ? {} : { problem }) },
  };
}

function describeLocation(file: string, position: Position | null) {
  const region = position === null ? {} : { region: { startLine: position.line, startColumn: position.column } };
  return { physicalLocation: { artifactLocation: { uri: toUri(file) }, ...region } };
}

function notifyUnreadable({ file, position, reason }: UnreadableFile) {
  const message = { text: wordMessage(`${file}: ${reason}`) };
  return { level: 'error', message, locations: [describeLocation(file, position)] };
}

function notifyFix({ file, fix }: LintedFile) {
  if (fix === null) return [];
  const where = fix.file === null ? 'nothing was written' : `written to ${fix.file}`;
  const text = wordMessage(`${file}: ${fix.mended.length} mended, ${fix.left.length} left, ${where}`);
  return [{ level: 'note', message: { text }, locations: [describeLocation(file, null)] }];
}

const LONGEST_MESSAGE = 4000;

/** Brackets would make a link of a name; braces stay single, as viewers take a message without arguments as it is. */
function wordMessage(text: string): string {
  const line = text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE - 1)}…` : text;
  return escapeText(line).replace(/[[\]]/g, '\\$&');
}

/** Relative paths stay relative, to the root of the repository that lint ran in. */
function toUri(file: string): string {
  if (file === '-') return 'stdin';
  const path = file.replace(/\p{Cs}/gu, '\ufffd').replace(/^(?:\.\/+)+/, '');
  const uri = path.split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? `file://${uri}` : uri;
}
