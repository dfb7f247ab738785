/** Coverage rows for tests, from a source and a status. */
import type { Coverage, CoverageStatus, EksPart, Ref, Source } from '../../shared/model/coverage.ts';
import { EKS_PARTS, SOURCES } from '../../shared/model/coverage.ts';

/** A whole source; give the reason where the test looks at it. */
export function coverage(source: Source, status: CoverageStatus = 'complete', more: Partial<Coverage> = {}): Coverage {
  const reason = status === 'complete' ? null : `${source} was ${status}`;
  return { source, status, window: null, read: 0, skipped: 0, skips: [], reason, ...more };
}

/** `eks-api` with the named pieces in another state than complete. */
export function eksCoverage(lacking: Readonly<Partial<Record<EksPart, CoverageStatus>>>): Coverage {
  const complete = Object.fromEntries(EKS_PARTS.map((part): [EksPart, CoverageStatus] => [part, 'complete']));
  const names = Object.keys(lacking).join(', ');
  return coverage('eks-api', 'partial', { parts: { ...complete, ...lacking }, reason: `not read: ${names}` });
}

/** Every source complete, but for the rows given. */
export function coverageBut(...rows: readonly Coverage[]): readonly Coverage[] {
  return SOURCES.map((source) => rows.find((row) => row.source === source) ?? coverage(source));
}

export function ref(source: Source, more: Partial<Ref> = {}): Ref {
  return { source, id: null, at: null, file: `${source}.json`, line: 1, ...more };
}
