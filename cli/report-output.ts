/** A report to where the flags want it: standard output, files, or both. */
import type { Report } from '../shared/model/report.ts';
import { openDirectorySink } from '../shared/offline/directory-sink.ts';
import {
  FORMATS_FOR_PEOPLE,
  type ReportFormat,
  renderFormat,
  type TextFormat,
  writeReports,
} from '../shared/pipeline/tell.ts';
import type { ReportSink } from '../shared/ports.ts';
import type { ReportOptions } from './report-options.ts';
import { hasColour, print, type World } from './world.ts';

const DEFAULT_FOLDER = 'out';

/**
 * Without flags every format for people becomes a file and a summary is printed; --format alone prints that format and writes
 * nothing; with --out as well it becomes a file, and its path is printed.
 */
export async function deliverReport(report: Report, options: ReportOptions<ReportFormat>, world: World): Promise<void> {
  const { format, out } = options;
  const screen = { colour: hasColour(world), width: world.stdout.columns ?? 80 };
  if (format !== undefined && out === undefined) {
    const text = format === 'html' ? await renderPage(report) : renderFormat(report, format, screen);
    await print(world.stdout, text);
    return;
  }
  const sink = openDirectorySink(out ?? DEFAULT_FOLDER);
  const reports = [
    ...(await writeReports(report, format === undefined ? FORMATS_FOR_PEOPLE : listTextFormats(format), sink)),
    ...(format === undefined || format === 'html' ? [await writePages(report, sink)] : []),
  ];
  if (format !== undefined) await print(world.stdout, `${reports.join('\n')}\n`);
  else await print(world.stdout, renderFormat(report, 'text', { ...screen, reports }));
}

function listTextFormats(format: ReportFormat): readonly TextFormat[] {
  return format === 'html' ? [] : [format];
}

/** Loaded when it is wanted: the engine that lays out its pictures is a megabyte. */
async function renderPage(report: Report): Promise<string> {
  const { renderWholePage } = await import('../shared/pipeline/tell-html.ts');
  return renderWholePage(report);
}

async function writePages(report: Report, sink: ReportSink): Promise<string> {
  const tell = await import('../shared/pipeline/tell-html.ts');
  return tell.writePages(report, sink);
}
