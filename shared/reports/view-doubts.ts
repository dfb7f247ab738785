/** Verdicts into what could not be judged, folded by cause: a page of detections becomes a few lines. */
import { type Coverage, SOURCES, type Verdict } from '../model/coverage.ts';
import type { ClusterReport } from '../model/report.ts';
import { compareText } from '../rules/text-order.ts';
import { tellCount, tellList } from './words.ts';

const MOST_LINES = 10;

interface Doubt {
  readonly cause: string;
  readonly status: string;
  readonly detections: Set<string>;
  readonly clusters: Set<string>;
}

/** At most ten lines, the widest doubt first. */
export function foldDoubts(clusters: readonly ClusterReport[]): readonly string[] {
  const doubts = new Map<string, Doubt>();
  for (const { name, verdicts, coverage } of clusters) {
    for (const verdict of verdicts) {
      if (verdict.status !== 'evaluated') addDoubt(doubts, { verdict, coverage, cluster: name });
    }
  }
  const sorted = [...doubts.values()].sort(
    (a, b) => b.detections.size - a.detections.size || compareText(a.status + a.cause, b.status + b.cause),
  );
  const shown = sorted.length > MOST_LINES ? sorted.slice(0, MOST_LINES - 1) : sorted;
  const rest = sorted.length - shown.length;
  return [
    ...shown.map(tellDoubt),
    ...(rest > 0 ? [`and ${rest} more causes: see the verdicts in the JSON report`] : []),
  ];
}

function addDoubt(
  doubts: Map<string, Doubt>,
  seen: { readonly verdict: Verdict; readonly coverage: readonly Coverage[]; readonly cluster: string },
): void {
  const { verdict, coverage, cluster } = seen;
  // In one order: what is missing is the cause, not which alternative came nearest.
  const missing = SOURCES.filter((source) => verdict.missing.includes(source));
  const cause = verdict.lack ?? missing.map((source) => `${source} ${tellState(coverage, source)}`).join(', ');
  const key = `${verdict.status} ${cause}`;
  const status = verdict.status === 'not-evaluated' ? 'not evaluated' : 'evaluated in part';
  const doubt = doubts.get(key) ?? { cause, status, detections: new Set(), clusters: new Set() };
  doubt.detections.add(verdict.detection);
  doubt.clusters.add(cluster);
  doubts.set(key, doubt);
}

function tellState(coverage: readonly Coverage[], source: string): string {
  const row = coverage.find((candidate) => candidate.source === source);
  switch (row?.status ?? 'unavailable') {
    case 'complete':
      // Read in whole and still not enough: one of its pieces lacks, or a log begins after the cluster.
      return row?.parts === undefined ? 'begins too late' : 'read in part';
    case 'partial':
      return 'read in part';
    case 'unavailable':
      return 'not read';
    default:
      return row?.status ?? '';
  }
}

function tellDoubt({ cause, status, detections, clusters }: Doubt): string {
  return `${tellCount(detections.size, 'detection')} ${status} on ${tellList([...clusters], 2)}: ${cause}`;
}
