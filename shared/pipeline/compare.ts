/** A report and the file of an earlier one into the report that says what changed. */
import { KeyholderError } from '../errors.ts';
import { parseEarlierReport } from '../evidence/earlier-report.ts';
import { compareReports } from '../findings/compare.ts';
import type { Report } from '../model/report.ts';
import type { RawFile } from '../ports.ts';
import { MAX_DOCUMENT_BYTES } from './read-document.ts';
import { readText } from './read-text.ts';

export async function compareWithFile(report: Report, file: RawFile): Promise<Report> {
  const { text } = await readText(file, MAX_DOCUMENT_BYTES);
  const earlier = parseEarlierReport(text);
  if ('problem' in earlier) {
    const message = `expected a report.json of an earlier run in ${file.file}, got ${earlier.problem}`;
    throw new KeyholderError('unreadable-input', message);
  }
  return compareReports(report, earlier);
}
