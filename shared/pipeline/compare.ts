/** The file of an earlier report into what marks, in a later one, what changed. */
import { KeyholderError } from '../errors.ts';
import { parseEarlierReport } from '../evidence/earlier-report.ts';
import { compareReports } from '../findings/compare.ts';
import type { Report } from '../model/report.ts';
import type { RawFile } from '../ports.ts';
import { MAX_DOCUMENT_BYTES } from './read-document.ts';
import { readText } from './read-text.ts';

/** Read before the audit: a file that is no report must not cost a whole run. */
export async function openComparison(file: RawFile): Promise<(report: Report) => Report> {
  const { text } = await readText(file, MAX_DOCUMENT_BYTES);
  const earlier = parseEarlierReport(text);
  if ('problem' in earlier) {
    const message = `expected a report.json of an earlier run in ${file.file}, got ${earlier.problem}`;
    throw new KeyholderError('unreadable-input', message);
  }
  return (report) => compareReports(report, earlier);
}
