/** The files of one log into a digest, with the window that they cover and what had to be passed over. */
import { KeyholderError } from '../errors.ts';
import type { Digester } from '../evidence/digest.ts';
import { readRecords } from '../evidence/log-records.ts';
import type { Coverage, Skip, Source, Window } from '../model/coverage.ts';
import type { Raw, RawFile } from '../ports.ts';
import { countSkip, describeSkips, type Journal, noteFile } from './read-document.ts';

/** Progress is told once in so many records. */
const STEP = 20_000;

interface Reading {
  read: number;
  readonly skips: Map<string, Skip>;
  readonly faults: string[];
  /** Epoch milliseconds. */
  from: number;
  to: number;
}

export interface LogTarget {
  readonly digest: Digester;
  readonly journal: Journal;
  /** What the manifest states was asked for; null: nobody says, so only what lies in the records is known. */
  readonly window: Window | null;
}

export async function readLog(raw: Raw, source: Source, into: LogTarget): Promise<Coverage> {
  if (raw.status !== 'read') {
    return { source, status: raw.status, window: null, read: 0, skipped: 0, skips: [], reason: raw.reason };
  }
  const reading: Reading = {
    read: 0,
    skips: new Map(),
    faults: [],
    from: Number.POSITIVE_INFINITY,
    to: Number.NEGATIVE_INFINITY,
  };
  for (const file of raw.files) await readFile(file, reading, into);
  return toCoverage(source, reading, into.window);
}

async function readFile(file: RawFile, reading: Reading, { digest, journal }: LogTarget): Promise<void> {
  journal.progress.step(file.file);
  try {
    for await (const item of readRecords(file.read(), { file: file.file })) {
      if ('skip' in item) countSkip(reading.skips, { ...item.skip, file: file.file });
      else if ('gap' in item) reading.faults.push(`${file.file}: ${item.gap.reason}`);
      else {
        reading.read += 1;
        if (reading.read % STEP === 0) journal.progress.step(`${file.file}: ${reading.read} records`);
        if ('record' in item) {
          widen(reading, item.record.at);
          digest.add(item.record);
        }
      }
    }
  } catch (error) {
    if (!(error instanceof KeyholderError) || error.code !== 'read-failed') throw error;
    reading.faults.push(error.message);
  }
  noteFile(journal, file);
}

function widen(reading: Reading, at: string | null): void {
  if (at === null) return;
  const ms = Date.parse(at);
  if (ms < reading.from) reading.from = ms;
  if (ms > reading.to) reading.to = ms;
}

function toCoverage(source: Source, reading: Reading, stated: Window | null): Coverage {
  const skips = [...reading.skips.values()];
  const skipped = skips.reduce((sum, skip) => sum + skip.count, 0);
  const seen: Window | null = Number.isFinite(reading.from)
    ? { from: renderTime(reading.from), to: renderTime(reading.to) }
    : null;
  const unstated = stated === null ? 'window not stated' : null;
  const reasons = [unstated, ...new Set(reading.faults), describeSkips(skips)].filter((reason) => reason !== null);
  return {
    source,
    status: reasons.length === 0 ? 'complete' : 'partial',
    window: stated ?? seen,
    read: reading.read,
    skipped,
    skips,
    reason: reasons.length === 0 ? null : reasons.join('; '),
    ...(reading.faults.length === 0 ? {} : { isCut: true }),
  };
}

function renderTime(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
