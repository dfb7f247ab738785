/** Any mix of access records into findings, one after the other, with a count of what was read and what was not. */
import { KeyholderError } from '../errors.ts';
import type { LogItem } from '../evidence/log-records.ts';
import { createNotableReader } from '../evidence/notable-records.ts';
import { withWritten } from '../evidence/written-object.ts';
import { createObserver } from '../findings/observe.ts';
import type { Skip } from '../model/coverage.ts';
import type { Finding } from '../model/finding.ts';
import type { Progress, RawFile } from '../ports.ts';
import { DETECTION_RULES } from './detection-rules.ts';
import { countSkip } from './read-document.ts';

export interface DetectCounts {
  /** Everything that was met: what was parsed and what was skipped. */
  readonly read: number;
  readonly parsed: number;
  readonly skipped: number;
  /** The first sample of each reason. */
  readonly skips: readonly Skip[];
  /** Why inputs could not be read, or not to their end. */
  readonly failures: readonly string[];
  /** Inputs that say of themselves that they do not hold everything. */
  readonly gaps: readonly string[];
}

export interface DetectOptions {
  /** ISO; stands in for the time of a record that has none. */
  readonly now: string;
  readonly tell: (finding: Finding) => Promise<void>;
  readonly progress: Progress;
}

/**
 * Gives each finding to `tell` as soon as a record shows it; the ones that take several records come last. A file that
 * cannot be read, or breaks off, is a failure to tell of: what it showed before counts, and the other files are read.
 */
export async function detectFindings(
  files: readonly RawFile[],
  { now, tell, progress }: DetectOptions,
): Promise<DetectCounts> {
  const observer = createObserver(DETECTION_RULES, now);
  const skips = new Map<string, Skip>();
  const gaps: string[] = [];
  const failures: string[] = [];
  let parsed = 0;
  const take = async (items: Iterable<LogItem>, file: string): Promise<void> => {
    for (const item of items) {
      if ('skip' in item) countSkip(skips, { ...item.skip, file });
      else if ('gap' in item) gaps.push(`${file}: ${item.gap.reason}`);
      else {
        parsed += 1;
        if (!('record' in item)) continue;
        const record = item.record.source === 'audit-log' ? withWritten(item.record) : item.record;
        for (const finding of observer.add(record)) await tell(finding);
      }
    }
  };
  const readFile = async ({ file, read }: RawFile): Promise<void> => {
    const reader = createNotableReader({ file });
    const before = { parsed, failures: failures.length, skipped: countSkipped(skips) };
    try {
      for await (const chunk of read()) {
        await take(reader.push(chunk), file);
        progress.step(`${file}: ${parsed + reader.countPassedOver()} records`);
      }
    } catch (error) {
      if (!isReadFailure(error)) throw error;
      failures.push(error.message);
    }
    await take(reader.end(), file);
    parsed += reader.countPassedOver();
    const skipped = countSkipped(skips) - before.skipped;
    if (skipped === 0 || parsed > before.parsed || failures.length > before.failures) return;
    // The wrong file, or records that nothing here can read: no finding would look like nothing to find.
    failures.push(`${file}: expected CloudTrail records, audit events or authenticator lines, got none in ${skipped}`);
  };
  for (const file of files) await readFile(file);
  for (const finding of observer.end()) await tell(finding);
  const skipped = countSkipped(skips);
  return { read: parsed + skipped, parsed, skipped, skips: [...skips.values()], failures, gaps };
}

function countSkipped(skips: ReadonlyMap<string, Skip>): number {
  return [...skips.values()].reduce((sum, { count }) => sum + count, 0);
}

function isReadFailure(error: unknown): error is KeyholderError {
  return error instanceof KeyholderError && (error.code === 'read-failed' || error.code === 'unreadable-input');
}
