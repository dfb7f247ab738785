/** Coverage into whether a source was read in whole, so that what it does not show is not there. */
import type { Coverage, Source } from '../model/coverage.ts';

export function isReadInWhole(coverage: readonly Coverage[], source: Source): boolean {
  return coverage.some((row) => row.source === source && row.status === 'complete');
}
