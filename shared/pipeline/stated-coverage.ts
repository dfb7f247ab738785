/** What the manifest states of a source, over what the files alone would say. */
import type { Manifest } from '../evidence/manifest.ts';
import type { Coverage, CoverageStatus, Source, StatedCoverage, Window } from '../model/coverage.ts';

/** A place of the evidence; region and name are null for what lies with the account. */
export interface StatedPlace {
  readonly account: string;
  readonly region: string | null;
  readonly name: string | null;
}

/** The time that was asked for; null where nobody says. */
export function findStatedWindow(manifest: Manifest, place: StatedPlace, source: Source): Window | null {
  const rows = manifest.coverage.filter((row) => row.source === source && concerns(row, place));
  return rows.find(({ window }) => window !== null)?.window ?? manifest.window;
}

/** Files never show that somebody was denied or that a query broke off: where the manifest says so, it is believed. */
export function applyStated(
  manifest: Manifest,
  place: StatedPlace,
  coverage: readonly Coverage[],
): readonly Coverage[] {
  return coverage.map((row) => {
    const stated = manifest.coverage.filter(({ source, ...at }) => source === row.source && concerns(at, place));
    return stated.reduce(weaken, row);
  });
}

function weaken(read: Coverage, stated: StatedCoverage): Coverage {
  const row = mark(read, stated);
  // Read in whole, and perhaps a while ago: the reason says so.
  if (stated.status === 'complete') return { ...row, reason: joinReasons([row.reason, stated.reason]) };
  const reason = joinReasons([stated.reason ?? `stated as ${stated.status} by manifest.json`, row.reason]);
  if (stated.part === null) return { ...row, status: worseOf(row.status, stated.status), reason };
  const isCore = stated.part === 'cluster' || stated.part === 'access-entries';
  const status = isCore && row.status === 'complete' ? 'partial' : row.status;
  const parts = { ...row.parts, [stated.part]: worseOf(row.parts?.[stated.part] ?? 'complete', stated.status) };
  return { ...row, status, parts, reason: status === 'complete' ? row.reason : reason };
}

/** Of several statements each adds its calls: regions are asked one by one, and IAM by itself. */
function mark(read: Coverage, { scan, isCut, isUnasked, calls }: StatedCoverage): Coverage {
  return {
    ...read,
    ...(scan === undefined ? {} : { scan }),
    ...(isCut === undefined ? {} : { isCut }),
    ...(isUnasked === undefined ? {} : { isUnasked }),
    ...(calls === undefined ? {} : { calls: [...new Set([...(read.calls ?? []), ...calls])].sort() }),
  };
}

function joinReasons(reasons: readonly (string | null)[]): string | null {
  return [...new Set(reasons.filter((reason) => reason !== null))].join('; ') || null;
}

const RANK: Readonly<Record<CoverageStatus, number>> = {
  complete: 0,
  partial: 1,
  disabled: 2,
  unavailable: 2,
  denied: 2,
};

/** No statement makes more of a source than its files do; of two reasons why nothing was read, the stated one counts. */
function worseOf(read: CoverageStatus, stated: CoverageStatus): CoverageStatus {
  return RANK[read] > RANK[stated] ? read : stated;
}

function concerns(row: Pick<StatedCoverage, 'account' | 'region' | 'cluster'>, place: StatedPlace): boolean {
  return (
    (row.account === null || row.account === place.account) &&
    (row.region === null || place.region === null || row.region === place.region) &&
    (row.cluster === null || row.cluster === place.name)
  );
}
