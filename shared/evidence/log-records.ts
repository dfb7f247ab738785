/** Turns the bytes of any log file into evidence records, and says of everything else why it is none. */
import type { EvidenceRecord } from '../model/records.ts';
import { createLineSplitter, type RawLine } from './lines.ts';
import { renderLogSample } from './log-sample.ts';
import { type ParsableFound, parseFound } from './parse-found.ts';
import { createRawReader } from './raw-records.ts';
import { createStsJoiner, type StsJoiner } from './sts-join.ts';
import type { Found } from './unwrap.ts';

export type LogItem =
  /** `isDamaged`: bytes that are no UTF-8 were replaced, so a name may read otherwise than it was. */
  | { readonly record: EvidenceRecord; readonly isDamaged: boolean }
  /** Not understood. The sample is redacted. */
  | { readonly skip: { readonly reason: string; readonly sample: string; readonly line: number } }
  /** Understood, and no evidence: counts as read. */
  | { readonly ignored: string }
  /** The file itself says that it does not hold everything: its silence cannot be trusted. */
  | { readonly gap: { readonly reason: string; readonly line: number } };

export interface LogOptions {
  /** What references name. */
  readonly file: string | null;
  readonly maxLineBytes?: number;
  readonly maxDocumentBytes?: number;
}

/** Reads line by line, for a caller that has already split (and searched) them. */
export interface LogReader {
  readonly read: (line: RawLine) => Iterable<LogItem>;
  /** Tells what the last lines left open. */
  readonly end: () => Iterable<LogItem>;
  /** While true, every line must be read: it may be part of a document or a table. */
  readonly isOpen: () => boolean;
}

export function createLogReader(options: LogOptions): LogReader {
  const raw = createRawReader(options);
  const joiner = createStsJoiner();
  function* parse(records: ReturnType<typeof raw.read>): Iterable<LogItem> {
    for (const { found, isDamaged } of records) yield toItem(found, isDamaged, joiner);
  }
  return {
    read: (line) => parse(raw.read(line)),
    end: () => parse(raw.end()),
    isOpen: raw.isOpen,
  };
}

/** Every record of the file, in its order. Memory holds one line, or one item of a document. */
export async function* readRecords(chunks: AsyncIterable<Uint8Array>, options: LogOptions): AsyncIterable<LogItem> {
  const splitter = createLineSplitter(options);
  const reader = createLogReader(options);
  function* readLines(lines: Iterable<RawLine>): Iterable<LogItem> {
    for (const line of lines) yield* reader.read(line);
  }
  // Not `yield*`, which would wait for a promise on every line that gives nothing.
  for await (const chunk of chunks) for (const item of readLines(splitter.push(chunk))) yield item;
  for (const item of readLines(splitter.end())) yield item;
  for (const item of reader.end()) yield item;
}

function toItem(found: Found, isDamaged: boolean, joiner: StsJoiner): LogItem {
  if (found.kind === 'gap') return { gap: { reason: found.reason, line: found.origin.line } };
  if (found.kind === 'ignored') return { ignored: found.reason };
  const outcome = parseFound(found);
  if ('ignored' in outcome) return outcome;
  if ('skip' in outcome) {
    return { skip: { reason: outcome.skip, sample: renderLogSample(sampleOf(found)), line: found.origin.line } };
  }
  const { record } = outcome;
  if (record.source !== 'authenticator-log') return { record, isDamaged };
  return { record: joiner.join(record, found.origin.stream), isDamaged };
}

function sampleOf(found: ParsableFound): string {
  if ('text' in found) return found.text;
  return 'sample' in found ? found.sample : `{${Object.keys(found.value).slice(0, 12).join(', ')}}`;
}
