/** What became of each call of a live read into its coverage and the mends of what was refused. */
import type { CoverageStatus, EksPart, Source, StatedCoverage, Window } from '../model/coverage.ts';
import type { LiveRead } from '../ports.ts';
import { type Failure, isCutShort } from './failure.ts';

/** null stands for every one. */
export interface ReadPlace {
  readonly account: string;
  readonly region: string | null;
  readonly cluster: string | null;
}

export interface Missed {
  readonly source: Source;
  readonly part?: EksPart;
  /** True when some of it was read. */
  readonly inPart: boolean;
  readonly failures: readonly Failure[];
}

export type CoverageRow = Pick<StatedCoverage, 'source' | 'status' | 'reason' | 'window' | 'isCut' | 'calls'>;

/** Why less was read than asked for. */
export interface Gap {
  readonly reason: string;
  /** At a limit of ours or of AWS: asked for less, it would not have come to it. */
  readonly isCut: boolean;
}

export interface ReadNotes {
  /** A source, or a part of one, of which something was not read. */
  readonly addMissed: (missed: Missed) => void;
  /** How far a source was read, in words of the caller. */
  readonly addRow: (row: CoverageRow) => void;
  readonly addMends: (failures: readonly Failure[]) => void;
  readonly addQuery: (query: string) => void;
  readonly toLiveRead: () => LiveRead;
}

const MOST_REASONS = 3;

export function openNotes(place: ReadPlace): ReadNotes {
  const coverage: StatedCoverage[] = [];
  const queries: string[] = [];
  const mends = new Map<string, { readonly reason: string; readonly mend: string }>();
  const addMends = (failures: readonly Failure[]): void => {
    for (const { reason, mend } of failures) if (mend !== null) mends.set(`${reason} ${mend}`, { reason, mend });
  };
  return {
    addMissed({ source, part, inPart, failures }) {
      if (failures.length === 0) return;
      addMends(failures);
      const status = inPart ? 'partial' : joinStatuses(failures);
      coverage.push({ ...place, source, part: part ?? null, status, window: null, reason: joinReasons(failures) });
    },
    addRow: (row) => coverage.push({ ...place, ...row, part: null }),
    addMends,
    addQuery: (query) => queries.push(query),
    toLiveRead: () => ({ coverage, queries, mends: [...mends.values()] }),
  };
}

export interface WindowRead extends Pick<Missed, 'failures' | 'inPart'> {
  readonly gaps: readonly Gap[];
  /** What is worth knowing, and takes nothing away. */
  readonly remarks?: readonly string[];
}

/** Of the window that was asked for, whatever became of it. */
export function coverWindow(
  source: Source,
  window: Window,
  { failures, gaps, inPart, remarks = [] }: WindowRead,
): CoverageRow {
  const told = remarks.length === 0 ? null : remarks.join('; ');
  if (failures.length === 0 && gaps.length === 0) return { source, status: 'complete', window, reason: told };
  const status = inPart || failures.length === 0 ? 'partial' : joinStatuses(failures);
  const reasons = [
    ...(failures.length === 0 ? [] : [joinReasons(failures)]),
    ...gaps.map((gap) => gap.reason),
    ...remarks,
  ];
  const isCut = failures.some(isCutShort) || gaps.some((gap) => gap.isCut);
  return { source, status, window, reason: reasons.join('; '), ...(isCut ? { isCut } : {}) };
}

export function joinReads(reads: readonly LiveRead[]): LiveRead {
  return {
    coverage: reads.flatMap(({ coverage }) => coverage),
    queries: reads.flatMap(({ queries }) => queries),
    mends: reads.flatMap(({ mends }) => mends),
  };
}

/** All denied: denied. Otherwise nobody can tell more than that it is not there. */
function joinStatuses(failures: readonly Failure[]): CoverageStatus {
  const [first] = failures;
  return first !== undefined && failures.every(({ status }) => status === first.status) ? first.status : 'unavailable';
}

function joinReasons(failures: readonly Failure[]): string {
  const reasons = [...new Set(failures.map(({ reason }) => reason))].sort();
  const more = reasons.length > MOST_REASONS ? `; and ${reasons.length - MOST_REASONS} more` : '';
  return `${reasons.slice(0, MOST_REASONS).join('; ')}${more}`;
}
