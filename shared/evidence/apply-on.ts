/** Records applied to the same evidence time and again into what they leave: whatever was applied before is where it goes on. */
import type { AccountEvidence, ClusterEvidence } from '../model/evidence.ts';
import type { EvidenceRecord } from '../model/records.ts';
import { type Applied, applyRecords, applyToAccount } from './apply-record.ts';

interface Base {
  readonly cluster: ClusterEvidence;
  readonly accounts: readonly AccountEvidence[];
}

interface Reached extends Applied {
  readonly accounts: readonly AccountEvidence[];
  /** The records that led there, in order, from these accounts. */
  readonly records: readonly EvidenceRecord[];
  readonly from: readonly AccountEvidence[];
}

/** What was reached last, of each evidence. */
const REACHED = new WeakMap<ClusterEvidence, readonly Reached[]>();
const MOST_REACHED = 8;

/** `records` of the cluster and its accounts, oldest first. A record is known again by being the same object. */
export function applyOn({ cluster, accounts }: Base, records: readonly EvidenceRecord[]): Reached {
  const known = (REACHED.get(cluster) ?? []).filter(({ from }) => from === accounts);
  const start = findLongest(known, records) ?? { evidence: cluster, unknown: [], accounts, records: [] };
  const rest = records.slice(start.records.length);
  const applied = applyRecords(start.evidence, rest);
  const reached: Reached = {
    evidence: applied.evidence,
    unknown: [...new Set([...start.unknown, ...applied.unknown])],
    accounts: start.accounts.map((account) => applyToAccount(account, rest)),
    records,
    from: accounts,
  };
  REACHED.set(cluster, [reached, ...known].slice(0, MOST_REACHED));
  return reached;
}

function findLongest(known: readonly Reached[], records: readonly EvidenceRecord[]): Reached | undefined {
  return known
    .filter((one) => one.records.length <= records.length)
    .sort((a, b) => b.records.length - a.records.length)
    .find((one) => one.records.every((record, index) => record === records[index]));
}
