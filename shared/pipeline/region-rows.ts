/** What is remembered of an account and region: rows of no cluster, beside those of its account. */
import { isOfRegion, type Region } from '../findings/region-findings.ts';
import { unwrapRemembered } from '../findings/remembered.ts';
import type { FindingStore, StoredItem } from '../ports.ts';

/** That of its account, in which alerts on calls that name no cluster leave theirs. */
export function partitionOfRegion({ account }: Pick<Region, 'account'>): string {
  return `account:${account}`;
}

export async function listRegionRows(store: FindingStore, region: Region): Promise<readonly StoredItem[]> {
  const rows = await store.list(partitionOfRegion(region), 'finding#');
  return rows.filter(({ body }) => {
    const finding = unwrapRemembered('finding', body);
    return finding !== null && isOfRegion(finding, region);
  });
}
