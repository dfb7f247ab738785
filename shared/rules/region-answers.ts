/** A region and what was asked of it into the place of the answer, for the finding that the answer is empty. */
import type { Ref } from '../model/coverage.ts';

/** As the evidence folder names it. */
export function pointAtRegion(
  source: 'trails' | 'guardduty',
  { account, region }: { readonly account: string; readonly region: string },
): Ref {
  return { source, id: null, at: null, file: `${account}/${region}/${source}.json`, line: 1 };
}
