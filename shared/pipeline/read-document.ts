/** One document of a place, or the reason why there is none, into parsed records and how much of it was read. */
import { KeyholderError } from '../errors.ts';
import type { CoverageStatus, Skip } from '../model/coverage.ts';
import type { EvidenceFile } from '../model/evidence.ts';
import type { Progress, Raw, RawFile } from '../ports.ts';
import { readText } from './read-text.ts';

/** State documents are read whole; a larger one is no answer of the EKS or Kubernetes API. */
export const MAX_DOCUMENT_BYTES = 256 * 1024 * 1024;

/** What the run has read so far, for the report's provenance. */
export interface Journal {
  readonly files: EvidenceFile[];
  readonly progress: Progress;
}

export interface DocumentCoverage {
  readonly status: CoverageStatus;
  readonly read: number;
  readonly skips: readonly Skip[];
  readonly reason: string | null;
}

/** What a parser makes of a text; `gap` is why it is not the whole truth, though it could be read. */
export interface ParsedDocument<T> {
  /** null when the text is not such a document at all. */
  readonly value: T | null;
  readonly read: number;
  readonly skips: readonly Skip[];
  readonly gap?: string | null;
}

export interface ReadDocument<T> extends DocumentCoverage {
  readonly value: T | null;
}

export async function readDocument<T>(
  raw: Raw,
  parse: (text: string, file: string) => ParsedDocument<T>,
  journal: Journal,
): Promise<ReadDocument<T>> {
  if (raw.status !== 'read') return { value: null, status: raw.status, read: 0, skips: [], reason: raw.reason };
  const [file] = raw.files;
  if (file === undefined) return { value: null, status: 'unavailable', read: 0, skips: [], reason: 'no file' };
  journal.progress.step(file.file);
  try {
    const { text, replaced } = await readText(file, MAX_DOCUMENT_BYTES);
    noteFile(journal, file);
    const parsed = parse(text, file.file);
    const damage = replaced ? 'bytes that are no UTF-8 were replaced' : null;
    const gaps = [parsed.gap ?? null, damage, describeSkips(parsed.skips)].filter((gap) => gap !== null);
    const status = parsed.value === null ? 'unavailable' : gaps.length > 0 ? 'partial' : 'complete';
    const reason = gaps.length > 0 ? `${file.file}: ${gaps.join('; ')}` : null;
    return { value: parsed.value, status, read: parsed.read, skips: parsed.skips, reason };
  } catch (error) {
    if (!(error instanceof KeyholderError) || error.code !== 'read-failed') throw error;
    // Counted, so that no caller takes a file that is there and broken for one that nobody collected.
    const skip: Skip = { reason: 'the file could not be read', count: 1, sample: '', file: file.file, line: 0 };
    return { value: null, status: 'unavailable', read: 0, skips: [skip], reason: error.message };
  }
}

/** A file that broke off has no hash of its whole: it stands in the coverage, not in the provenance. */
export function noteFile(journal: Journal, file: RawFile): void {
  const sha256 = file.sha256();
  if (sha256 !== null) journal.files.push({ file: file.file, sha256 });
}

/** null when nothing was passed over. */
export function describeSkips(skips: readonly Skip[]): string | null {
  const [first] = skips;
  if (first === undefined) return null;
  const count = skips.reduce((sum, skip) => sum + skip.count, 0);
  const others = skips.length === 1 ? '' : ` and ${skips.length - 1} more ${skips.length === 2 ? 'reason' : 'reasons'}`;
  return `${count} skipped (${first.reason}${others})`;
}

/** One more record that was passed over, under its reason; the first of each reason is the sample. */
export function countSkip(skips: Map<string, Skip>, skip: Omit<Skip, 'count'>): void {
  const known = skips.get(skip.reason);
  skips.set(skip.reason, { ...(known ?? skip), count: (known?.count ?? 0) + 1 });
}
