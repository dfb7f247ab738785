/** A report to people: as one text, as files, and as the lines around them. */
import type { Report } from '../model/report.ts';
import type { ReportSink } from '../ports.ts';
import { escapeText } from '../reports/escape.ts';
import { FORMATS, type Format, renderReport } from '../reports/render.ts';
import type { TextOptions } from '../reports/text.ts';

export type TextFormat = Format;
/** For people, and written unless a format is asked for; those for other programs are written on demand. */
export const FORMATS_FOR_PEOPLE: readonly TextFormat[] = ['text', 'json', 'csv', 'compliance', 'scope', 'markdown'];
/** Pages for a browser are of tell-html.ts, which carries the engine that lays out their pictures. */
export type ReportFormat = TextFormat | 'html';
export const REPORT_FORMATS: readonly ReportFormat[] = [...FORMATS, 'html'];

const FILE_NAMES: Readonly<Record<TextFormat, string>> = {
  text: 'report.txt',
  json: 'report.json',
  csv: 'access.csv',
  compliance: 'compliance.csv',
  scope: 'scope.md',
  markdown: 'report.md',
  ocsf: 'ocsf.json',
  asff: 'asff.json',
};

/** What a file holds is the same on every machine. */
const IN_A_FILE: TextOptions = { colour: false, width: 100 };

/** Gives the paths, in the order of the formats. */
export async function writeReports(
  report: Report,
  formats: readonly TextFormat[],
  sink: ReportSink,
): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const format of formats) {
    paths.push(await sink.write(FILE_NAMES[format], renderReport(report, format, IN_A_FILE)));
  }
  return paths;
}

export function renderFormat(report: Report, format: TextFormat, options: Partial<TextOptions> = {}): string {
  return renderReport(report, format, { ...IN_A_FILE, ...options });
}

/** A message on one line, whatever a path or name in it holds. */
export function renderLine(message: string): string {
  return escapeText(message.replace(/\s+/g, ' ').trim());
}
