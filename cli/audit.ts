/** `keyholder audit`: an evidence folder into a report. */
import { Option } from 'commander';
import { KeyholderError } from '../shared/errors.ts';
import { SEVERITIES, type Severity } from '../shared/model/finding.ts';
import type { Report } from '../shared/model/report.ts';
import { openEvidenceFolder } from '../shared/offline/evidence-folder.ts';
import { auditEvidence } from '../shared/pipeline/audit.ts';
import { collectEvidence } from '../shared/pipeline/collect.ts';
import { REPORT_FORMATS, type ReportFormat } from '../shared/pipeline/tell.ts';
import type { AddCommand } from './command.ts';
import { createProgress } from './progress.ts';
import { addReportOptions, parseChoice, type ReportOptions, resolveNow } from './report-options.ts';
import { deliverReport } from './report-output.ts';
import type { World } from './world.ts';

interface AuditOptions extends ReportOptions<ReportFormat> {
  readonly failOn?: Severity;
}

const EXAMPLES = `
Examples:
  keyholder audit --evidence evidence                   summary here, report.txt, report.json and access.csv in out/
  keyholder audit --evidence evidence --format json     the whole report as JSON, to standard output
  keyholder audit --evidence evidence --format csv      the access review, one row for each cluster, holder and person
  keyholder audit --evidence evidence --fail-on high    exit code 1 when a finding of that severity or worse is open

The evidence folder holds what aws and kubectl print; docs/evidence-folder.md has the commands. Whatever is missing
in it is named in the report, never taken for good.`;

export const addAudit: AddCommand = (program, { world, finish }) => {
  const command = program.command('audit').summary('who holds the keys, and what is wrong');
  command.description(
    'Audit every cluster of an evidence folder: who can administer it, through which grant, since when.',
  );
  addReportOptions(command, REPORT_FORMATS)
    .addOption(
      new Option('--fail-on <severity>', `exit code 1 from this severity on: ${SEVERITIES.join(', ')}`).argParser(
        parseChoice('--fail-on', SEVERITIES),
      ),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (options: AuditOptions) => finish(await runAudit(options, world)));
};

async function runAudit(options: AuditOptions, world: World): Promise<number> {
  if (options.evidence === undefined) {
    throw new KeyholderError('usage', 'expected --evidence DIR with the folder to read, got no such flag');
  }
  const progress = createProgress(world);
  const evidence = await collectEvidence(openEvidenceFolder(options.evidence), { progress }).finally(progress.end);
  const report = auditEvidence(evidence, resolveNow(options.now, world));
  await deliverReport(report, options, world);
  return options.failOn !== undefined && hasOpenFinding(report, options.failOn) ? 1 : 0;
}

function hasOpenFinding(report: Report, severity: Severity): boolean {
  const worst = new Set(SEVERITIES.slice(SEVERITIES.indexOf(severity)));
  const findings = [...report.findings, ...report.clusters.flatMap((cluster) => cluster.findings)];
  return findings.some((finding) => finding.status === 'open' && worst.has(finding.severity));
}
