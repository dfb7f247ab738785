/** The latest read of a cluster, and what happened after it, into the evidence as it stands now. */

import { type Coverage, SOURCES } from '../model/coverage.ts';
import type { AccountEvidence, ClusterEvidence, Evidence } from '../model/evidence.ts';
import type { Happening } from '../model/happening.ts';
import type { EvidenceRecord } from '../model/records.ts';
import { isGiving } from '../rules/access-calls.ts';
import { isChange } from '../rules/access-events.ts';
import { parsePrincipal, placeOfCluster } from '../rules/arn.ts';
import { findIamEntity } from '../rules/iam-roles.ts';
import { compareTimes, msBetween } from '../rules/time.ts';
import { applyOn } from './apply-on.ts';
import { unknownCluster } from './describe-cluster.ts';
import { doubtIam } from './iam-document.ts';
import { isAccessObject } from './notable.ts';
import { NOTHING_OF_CLUSTER, NOTHING_READ } from './nothing-read.ts';

/** `evidence` holds one cluster. */
export interface Standing {
  readonly evidence: Evidence;
  readonly cluster: ClusterEvidence;
  /** What only another read shows. */
  readonly unknown: readonly string[];
}

/**
 * `readAt` (ISO) is up to when the snapshot reaches: what happened before is in it already. `happened`: in time order.
 */
export function standNow(snapshot: Standing, readAt: string | null, happened: readonly Happening[]): Standing {
  const inOrder = happened.map(({ record }) => record);
  const later = happened.filter((one) => !isReadSince(one, readAt)).map(({ record }) => record);
  const applied = applyOn({ cluster: snapshot.cluster, accounts: snapshot.evidence.accounts }, later);
  const until = happened.at(-1)?.at ?? readAt;
  const isOld = readAt !== null && until !== null && isOldAt(readAt, until);
  const doubts = [
    ...applied.unknown,
    ...(isOld ? [`more than 26 hours ago, at ${readAt}`] : []),
    ...(later.length >= MOST_HAPPENED ? [`by more than ${MOST_HAPPENED} events, of which the first are left out`] : []),
  ];
  const cluster = addRecords({ ...applied.evidence, coverage: doubt(applied.evidence.coverage, doubts) }, inOrder);
  const accounts = applied.accounts.map((account) => doubtIam(account, listNewcomers(account, later)));
  return {
    evidence: { ...snapshot.evidence, accounts, clusters: [cluster] },
    cluster,
    unknown: [
      ...snapshot.unknown,
      ...applied.unknown,
      ...accounts.flatMap(({ unshown = [] }) => unshown),
      ...(isOld ? [`the snapshot is of ${readAt}`] : []),
      ...(later.length >= MANY_HAPPENED ? [`more than ${MANY_HAPPENED} events came after the snapshot`] : []),
    ],
  };
}

/** Of one cluster, the latest: each event is judged among those around it, so that a storm costs more for each that it holds. */
export const MOST_HAPPENED = 250;
/** Time for another read, before the first of them are left out. */
export const MANY_HAPPENED = 150;

/** Whether the read at `readAt` shows what became of it. */
export function isReadSince({ at }: Happening, readAt: string | null): boolean {
  return readAt !== null && compareTimes(at, readAt) <= 0;
}

/** The moment that the evidence with the event in it is of. */
export function momentOf({ at }: Happening, readAt: string | null): string {
  return readAt !== null && compareTimes(readAt, at) > 0 ? readAt : at;
}

/** By time; what CloudTrail dates in the same second, as one would do it: taken away first, then made, then given. */
export function inTimeOrder(happened: readonly Happening[]): readonly Happening[] {
  return [...happened].sort(
    (a, b) => compareTimes(a.at, b.at) || rankOf(a.record) - rankOf(b.record) || (a.id < b.id ? -1 : 1),
  );
}

function rankOf(record: EvidenceRecord): number {
  if (record.source !== 'cloudtrail') return 3;
  if (/^(?:Delete|Detach|Disassociate|Remove)/.test(record.eventName)) return 0;
  return record.eventName.startsWith('Create') ? 1 : 2;
}

/** Whether the cluster may stand otherwise after the record; where it may not, the record is only seen. */
export function changesState(record: EvidenceRecord): boolean {
  if (record.source === 'cloudtrail') return record.succeeded && !record.readOnly;
  return isChange(record) && isAccessObject(record);
}

/** A cluster of which nothing was read: what its events show by themselves is all there is. */
export function standUnread(clusterArn: string, createdAt: string | null): Standing {
  const reason = 'no audit has left a snapshot of the cluster';
  const cluster: ClusterEvidence = {
    ...NOTHING_OF_CLUSTER,
    cluster: { ...unknownCluster(placeOfCluster(clusterArn)), createdAt },
    coverage: SOURCES.map(
      (source): Coverage => ({ source, status: 'unavailable', window: null, read: 0, skipped: 0, skips: [], reason }),
    ),
  };
  return { evidence: { ...NOTHING_READ, clusters: [cluster] }, cluster, unknown: [reason] };
}

const SNAPSHOT_OLD_MS = 26 * 3_600_000;

/** A nightly run has been missed since the cluster was read at `readAt`. Both ISO. */
function isOldAt(readAt: string, at: string): boolean {
  return msBetween(readAt, at) > SNAPSHOT_OLD_MS;
}

function addRecords(cluster: ClusterEvidence, records: readonly EvidenceRecord[]): ClusterEvidence {
  const seen = [listIds(cluster.cloudTrail), listIds(cluster.audit)];
  const added = records.filter((record) => !seen.some((ids) => ids.has(idOf(record))));
  return {
    ...cluster,
    cloudTrail: [...cluster.cloudTrail, ...added.filter((record) => record.source === 'cloudtrail')],
    audit: [...cluster.audit, ...added.filter((record) => record.source === 'audit-log')],
    authenticator: [...cluster.authenticator, ...added.filter((record) => record.source === 'authenticator-log')],
  };
}

/** What was read stays the same list, whatever happens after it. */
const IDS = new WeakMap<readonly EvidenceRecord[], ReadonlySet<string>>();

function listIds(records: readonly EvidenceRecord[]): ReadonlySet<string> {
  const ids = IDS.get(records) ?? new Set(records.map(idOf));
  IDS.set(records, ids);
  return ids;
}

/** With its time: a client may choose the id of an audit event, and so that of one which was read already. */
function idOf(record: EvidenceRecord): string {
  return `${record.source} ${record.at} ${record.evidence.id ?? JSON.stringify(record.evidence)}`;
}

/** EKS takes entries of principals that exist alone: one that IAM did not have has been made since, so IAM has changed. */
function listNewcomers(account: AccountEvidence, later: readonly EvidenceRecord[]): readonly string[] {
  const isNewcomer = (record: EvidenceRecord): boolean => {
    if (!isGiving(record) || record.principalArn === null) return false;
    const principal = parsePrincipal(record.principalArn);
    return principal.account === account.account && findIamEntity([account], principal) === null;
  };
  return later.some(isNewcomer) ? ['access was given to a principal that it did not have'] : [];
}

const OF_STATE: ReadonlySet<string> = new Set(['eks-api', 'aws-auth', 'rbac']);

/** What changed without being shown makes every read of state a part of the truth. */
function doubt(coverage: readonly Coverage[], unknown: readonly string[]): readonly Coverage[] {
  if (unknown.length === 0) return coverage;
  const reason = `changed after it was read: ${unknown.join(', ')}`;
  return coverage.map((row) =>
    OF_STATE.has(row.source) && row.status === 'complete' ? { ...row, status: 'partial', reason } : row,
  );
}
