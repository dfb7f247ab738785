/** A report to where the flags want it: standard output, files, or both. */
import type { Report } from '../shared/model/report.ts';
import { openDirectorySink } from '../shared/offline/directory-sink.ts';
import { REPORT_FORMATS, type ReportFormat, renderFormat, writeReports } from '../shared/pipeline/tell.ts';
import type { ReportOptions } from './report-options.ts';
import { hasColour, print, type World } from './world.ts';

const DEFAULT_FOLDER = 'out';

/**
 * Without flags every format becomes a file and a summary is printed; --format alone prints that format and writes
 * nothing; with --out as well it becomes a file, and its path is printed.
 */
export async function deliverReport(report: Report, options: ReportOptions<ReportFormat>, world: World): Promise<void> {
  const { format, out } = options;
  const screen = { colour: hasColour(world), width: world.stdout.columns ?? 80 };
  if (format !== undefined && out === undefined) {
    await print(world.stdout, renderFormat(report, format, screen));
    return;
  }
  const sink = openDirectorySink(out ?? DEFAULT_FOLDER);
  const reports = await writeReports(report, format === undefined ? REPORT_FORMATS : [format], sink);
  if (format !== undefined) await print(world.stdout, `${reports.join('\n')}\n`);
  else await print(world.stdout, renderFormat(report, 'text', { ...screen, reports }));
}
