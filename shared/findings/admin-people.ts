/** The report of a cluster into the keys of whoever can become an admin, for the next run to compare with. */
import type { ClusterReport } from '../model/report.ts';
import type { StoredPeople } from '../model/state.ts';
import { arePeopleKnown, listAdminHolders, listAdminPeople } from '../rules/admin-people.ts';
import { isReadInWhole } from '../rules/read-sources.ts';
import { isWholeRead } from './grant-lifecycle.ts';

/** null where somebody may be missing: a list that lacks him would make him news on another day. */
export function listPeopleKeys({
  access,
  coverage,
}: Pick<ClusterReport, 'access' | 'coverage'>): Required<Pick<StoredPeople, 'people' | 'holders'>> | null {
  const isWhole = isWholeRead(coverage) && isReadInWhole(coverage, 'iam') && arePeopleKnown(access);
  return isWhole ? { people: listAdminPeople(access).map(({ key }) => key), holders: listAdminHolders(access) } : null;
}
