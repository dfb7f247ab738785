/** `keyholder audit`: an evidence folder, or live AWS, into a report. */
import { Option } from 'commander';
import { KeyholderError } from '../shared/errors.ts';
import { SEVERITIES, type Severity } from '../shared/model/finding.ts';
import type { Report } from '../shared/model/report.ts';
import { openEvidenceFolder } from '../shared/offline/evidence-folder.ts';
import { openRecordFile } from '../shared/offline/record-input.ts';
import { withTemporaryFolder } from '../shared/offline/temporary-folder.ts';
import { auditEvidence } from '../shared/pipeline/audit.ts';
import { collectEvidence } from '../shared/pipeline/collect.ts';
import { openComparison } from '../shared/pipeline/compare.ts';
import { readWithState, recallState } from '../shared/pipeline/recall-state.ts';
import { type RememberedRunResult, rememberRun } from '../shared/pipeline/remember-run.ts';
import { REPORT_FORMATS, type ReportFormat, renderLine } from '../shared/pipeline/tell.ts';
import type { AddCommand } from './command.ts';
import { partLiveFromFolder } from './flag-rules.ts';
import { recordLive } from './live.ts';
import { addLiveOptions, type LiveOptions } from './live-options.ts';
import { createProgress } from './progress.ts';
import { addReportOptions, parseChoice, parseFolder, type ReportOptions, resolveNow } from './report-options.ts';
import { deliverReport } from './report-output.ts';
import { openState, removeOldSnapshots } from './state.ts';
import { print, type World } from './world.ts';

interface AuditOptions extends ReportOptions<ReportFormat>, LiveOptions {
  readonly failOn?: Severity;
  readonly compare?: string;
}

const EXAMPLES = `
Examples:
  keyholder audit --evidence evidence                   summary here, the reports in out/: report.html and others
  keyholder audit --evidence evidence --format json     the whole report as JSON, to standard output
  keyholder audit --evidence evidence --format csv      the access review, one row for each cluster, holder and person
  keyholder audit --evidence evidence --compare out/report.json    what is new, gone, raised or lowered since then
  keyholder audit --evidence evidence --state state     remember what was found, and since when each finding is there
  keyholder audit --evidence evidence --fail-on high    exit code 1 when a finding of that severity or worse is open
  keyholder audit --region eu-central-1                 live, with the caller's credentials
  keyholder audit --cluster payments --region eu-central-1 --role-arn arn:aws:iam::111122223333:role/auditor

The evidence folder holds what aws and kubectl print; docs/evidence-folder.md has the commands. Whatever is missing
in it is named in the report, never taken for good.`;

export const addAudit: AddCommand = (program, { world, finish }) => {
  const command = program.command('audit').summary('who holds the keys, and what is wrong');
  command.description(
    'Audit clusters, of live AWS or of an evidence folder: who can administer them, through which grant, since when.',
  );
  partLiveFromFolder(addLiveOptions(addReportOptions(command, REPORT_FORMATS)), ['state'])
    .addOption(
      new Option('--fail-on <severity>', `exit code 1 from this severity on: ${SEVERITIES.join(', ')}`).argParser(
        parseChoice('--fail-on', SEVERITIES),
      ),
    )
    .addOption(
      new Option('--compare <report>', 'mark what changed since the report.json of an earlier run').argParser(
        parseFolder('--compare', 'file'),
      ),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (options: AuditOptions) => finish(await runAudit(options, world)));
};

async function runAudit(options: AuditOptions, world: World): Promise<number> {
  const now = resolveNow(options.now, world);
  const { evidence, compare } = options;
  const mark = compare === undefined ? null : await openComparison(await openRecordFile(compare));
  const current =
    evidence === undefined
      ? await withTemporaryFolder(async (dir) => {
          await recordLive(options, { dir, now }, world);
          return auditFolder(dir, { now, state: options.state, isRecalled: true }, world);
        })
      : await auditFolder(evidence, { now, state: options.state, isRecalled: false }, world);
  const report = mark === null ? current : mark(current);
  await deliverReport(report, options, world);
  return options.failOn !== undefined && hasOpenFinding(report, options.failOn) ? 1 : 0;
}

interface FolderRun {
  readonly now: string;
  readonly state: string | undefined;
  /** What was remembered lies in the folder already. */
  readonly isRecalled: boolean;
}

async function auditFolder(dir: string, { now, state, isRecalled }: FolderRun, world: World): Promise<Report> {
  const progress = createProgress(world);
  const memory = openState(state);
  if (memory === null && state !== undefined && !isRecalled) {
    const got = JSON.stringify(state);
    throw new KeyholderError('usage', `expected a folder for --state beside --evidence, got ${got}`);
  }
  const folder = openEvidenceFolder(dir);
  const readers = memory === null || isRecalled ? folder : await readWithState(folder, await recallState(memory.store));
  const evidence = await collectEvidence(readers, { progress }).finally(progress.end);
  const report = auditEvidence(evidence, now);
  if (memory !== null) {
    const remembered = await rememberRun(memory, { evidence, report, readers });
    await removeOldSnapshots(
      memory,
      remembered.flatMap(({ snapshot }) => snapshot?.key ?? []),
    );
    await tellRemembered(remembered, world);
  }
  return report;
}

async function tellRemembered(results: readonly RememberedRunResult[], world: World): Promise<void> {
  for (const { clusterArn, supersededBy } of results) {
    if (supersededBy === null) continue;
    const line = `${clusterArn}: not remembered, for it was audited later already, at ${supersededBy}`;
    await print(world.stderr, `keyholder: ${renderLine(line)}\n`);
  }
}

function hasOpenFinding(report: Report, severity: Severity): boolean {
  const worst = new Set(SEVERITIES.slice(SEVERITIES.indexOf(severity)));
  const findings = [...report.findings, ...report.clusters.flatMap((cluster) => cluster.findings)];
  return findings.some((finding) => finding.status === 'open' && worst.has(finding.severity));
}
