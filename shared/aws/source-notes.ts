/** What became of every query over the log of many clusters into the coverage of each. */
import type { Scan, Source, StatedCoverage } from '../model/coverage.ts';
import type { ClusterPlace, LiveRead } from '../ports.ts';
import { type Failure, isCutShort } from './failure.ts';
import type { QueryWindow } from './insights-query.ts';

export interface SourceNotes {
  /** The end of what one query read of these clusters; null: nothing. */
  readonly addEnd: (clusters: readonly ClusterPlace[], readTo: number | null) => void;
  readonly addFailure: (clusters: readonly ClusterPlace[], failure: Failure) => void;
  /** Why less was read than asked for: there is no more. */
  readonly addGap: (clusters: readonly ClusterPlace[], gap: string) => void;
  /** Why less was read than asked for: a query ended early, or none was begun. */
  readonly addCut: (clusters: readonly ClusterPlace[], cut: string) => void;
  /** What is worth knowing, and takes nothing away. */
  readonly addRemark: (clusters: readonly ClusterPlace[], remark: string) => void;
  /** Of all queries that asked these clusters together. */
  readonly setScan: (clusters: readonly ClusterPlace[], scan: Scan) => void;
  /** Where this log of a cluster starts later than the window that was asked for. */
  readonly setFrom: (cluster: ClusterPlace, from: number) => void;
  /** Whether all that was asked was read so far. */
  readonly isWhole: (cluster: ClusterPlace) => boolean;
  readonly toLiveRead: () => LiveRead;
}

interface Note {
  from: number;
  readTo: number | null;
  scan: Scan | null;
  readonly failures: Failure[];
  readonly gaps: Set<string>;
  isCut: boolean;
  readonly remarks: Set<string>;
}

export function openSourceNotes(
  source: Source,
  { clusters, window }: { readonly clusters: readonly ClusterPlace[]; readonly window: QueryWindow },
): SourceNotes {
  const notes = new Map(clusters.map((cluster) => [cluster, beginNote(window)]));
  const each = (of: readonly ClusterPlace[], tell: (note: Note) => void): void => {
    for (const cluster of of) {
      const note = notes.get(cluster);
      if (note !== undefined) tell(note);
    }
  };
  return {
    addEnd: (of, readTo) =>
      each(of, (note) => {
        const isNothing = readTo === null || note.readTo === null;
        note.readTo = isNothing ? null : Math.min(note.readTo ?? readTo, readTo);
      }),
    addFailure: (of, failure) =>
      each(of, (note) => {
        note.failures.push(failure);
        note.isCut ||= isCutShort(failure);
      }),
    addGap: (of, gap) => each(of, ({ gaps }) => gaps.add(gap)),
    addCut: (of, cut) =>
      each(of, (note) => {
        note.gaps.add(cut);
        note.isCut = true;
      }),
    addRemark: (of, remark) => each(of, ({ remarks }) => remarks.add(remark)),
    setScan: (of, scan) =>
      each(of, (note) => {
        note.scan = scan;
      }),
    setFrom: (cluster, from) =>
      each([cluster], (note) => {
        note.from = Math.max(note.from, from);
      }),
    isWhole: (cluster) => {
      const note = notes.get(cluster);
      return note !== undefined && note.readTo === window.to && note.failures.length === 0;
    },
    toLiveRead: () => ({
      coverage: [...notes].map(([cluster, note]) => toCoverage(source, cluster, note)),
      queries: [],
      mends: [...notes.values()].flatMap(({ failures }) =>
        failures.flatMap(({ reason, mend }) => (mend === null ? [] : [{ reason, mend }])),
      ),
    }),
  };
}

function beginNote({ from, to }: QueryWindow): Note {
  return { from, readTo: to, scan: null, failures: [], gaps: new Set(), isCut: false, remarks: new Set() };
}

function toCoverage(source: Source, { account, region, name }: ClusterPlace, note: Note): StatedCoverage {
  const { from, readTo, failures, gaps, isCut, remarks, scan } = note;
  const place = {
    source,
    account,
    region,
    cluster: name,
    part: null,
    ...(scan === null ? {} : { scan }),
    ...(isCut ? { isCut } : {}),
  };
  const faults = [...new Set(failures.map(({ reason }) => reason)), ...gaps];
  const reason = [...faults, ...remarks].join('; ') || null;
  if (readTo !== null && readTo >= from) {
    const window = { from: renderTime(from), to: renderTime(readTo) };
    return { ...place, status: faults.length === 0 ? 'complete' : 'partial', window, reason };
  }
  const [first] = failures;
  const isAgreed = first !== undefined && failures.every(({ status }) => status === first.status);
  return { ...place, status: isAgreed ? first.status : 'unavailable', window: null, reason };
}

function renderTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
