/** `keyholder audit`: an evidence folder, or live AWS, into a report. */
import { Option } from 'commander';
import { SEVERITIES, type Severity } from '../shared/model/finding.ts';
import type { Report } from '../shared/model/report.ts';
import { openEvidenceFolder } from '../shared/offline/evidence-folder.ts';
import { openRecordFile } from '../shared/offline/record-input.ts';
import { withTemporaryFolder } from '../shared/offline/temporary-folder.ts';
import { auditEvidence } from '../shared/pipeline/audit.ts';
import { collectEvidence } from '../shared/pipeline/collect.ts';
import { compareWithFile } from '../shared/pipeline/compare.ts';
import { REPORT_FORMATS, type ReportFormat } from '../shared/pipeline/tell.ts';
import type { AddCommand } from './command.ts';
import { recordLive } from './live.ts';
import { addLiveOptions, type LiveOptions } from './live-options.ts';
import { createProgress } from './progress.ts';
import { addReportOptions, parseChoice, parseFolder, type ReportOptions, resolveNow } from './report-options.ts';
import { deliverReport } from './report-output.ts';
import type { World } from './world.ts';

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
  addLiveOptions(addReportOptions(command, REPORT_FORMATS))
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
  const { evidence } = options;
  const current =
    evidence === undefined
      ? await withTemporaryFolder(async (dir) => {
          await recordLive(options, { dir, now }, world);
          return auditFolder(dir, now, world);
        })
      : await auditFolder(evidence, now, world);
  const report =
    options.compare === undefined ? current : await compareWithFile(current, await openRecordFile(options.compare));
  await deliverReport(report, options, world);
  return options.failOn !== undefined && hasOpenFinding(report, options.failOn) ? 1 : 0;
}

async function auditFolder(dir: string, now: string, world: World): Promise<Report> {
  const progress = createProgress(world);
  const evidence = await collectEvidence(openEvidenceFolder(dir), { progress }).finally(progress.end);
  return auditEvidence(evidence, now);
}

function hasOpenFinding(report: Report, severity: Severity): boolean {
  const worst = new Set(SEVERITIES.slice(SEVERITIES.indexOf(severity)));
  const findings = [...report.findings, ...report.clusters.flatMap((cluster) => cluster.findings)];
  return findings.some((finding) => finding.status === 'open' && worst.has(finding.severity));
}
