/** Whoever can become an admin, as an audit knows it, into the row that the next one compares with. */
import { listPeopleKeys } from '../findings/admin-people.ts';
import { sizeOf } from '../findings/row-size.ts';
import type { ClusterReport } from '../model/report.ts';
import type { FindingStore } from '../ports.ts';
import { keepRow } from './remembered-row.ts';

const MOST_BYTES = 90_000;

/** Where not everybody is known, or fits, the last whole list stays. */
export async function rememberPeople(store: FindingStore, report: ClusterReport, at: string): Promise<number> {
  const known = listPeopleKeys(report);
  if (known === null || sizeOf(known) > MOST_BYTES) return 0;
  const value = { at, life: report.createdAt, ...known };
  return keepRow(store, {
    partition: report.arn,
    key: 'admin-people',
    kind: 'admin-people',
    change: (stored) => (stored !== null && Date.parse(stored.at) > Date.parse(at) ? stored : value),
  });
}
