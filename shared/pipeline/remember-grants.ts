/** The grants that an audit saw on one cluster into those that are remembered of it, each with from and until. */
import { mapBounded } from '../bounded.ts';
import { beginGrant, endGrant, type GrantRead, keepGrant, type SeenGrant } from '../findings/grant-lifecycle.ts';
import { unwrapRemembered, wrapRemembered } from '../findings/remembered.ts';
import { findRemoval } from '../findings/removals.ts';
import type { EvidenceRecord } from '../model/records.ts';
import type { RememberedGrant } from '../model/remembered.ts';
import type { FindingStore, StoredItem } from '../ports.ts';
import { updateItem } from './update-item.ts';

export interface SeenOnCluster {
  readonly clusterArn: string;
  readonly grants: ReadonlyMap<string, SeenGrant>;
  readonly read: GrantRead;
  /** Those of the cluster, which may show who took a grant away. */
  readonly records: readonly EvidenceRecord[];
}

const AT_ONCE = 8;

/** Gives how many rows were written; the same call again writes none. */
export async function rememberGrants(store: FindingStore, seen: SeenOnCluster): Promise<number> {
  const last = listLast(await store.list(seen.clusterArn, 'grant#'));
  const gone = [...last].filter(([key]) => !seen.grants.has(key));
  const kept = await mapBounded([...seen.grants], AT_ONCE, ([key, grant]) =>
    rememberSeen(store, { ...seen, key, grant, row: last.get(key) ?? null }),
  );
  const ended = await mapBounded(gone, AT_ONCE, ([, row]) => rememberGone(store, row, seen));
  return [...kept, ...ended].reduce((sum, written) => sum + written, 0);
}

/** The latest row of each grant: `grant#<key>#<number>`, one for each time that it was made. */
function listLast(rows: readonly StoredItem[]): ReadonlyMap<string, StoredItem> {
  const last = new Map<string, StoredItem>();
  for (const row of rows) {
    const [, key = ''] = row.key.split('#');
    const other = last.get(key);
    if (other === undefined || numberOf(row) > numberOf(other)) last.set(key, row);
  }
  return last;
}

function numberOf({ key }: StoredItem): number {
  return Number(key.split('#')[2] ?? 0);
}

interface Sighting extends SeenOnCluster {
  readonly key: string;
  readonly grant: SeenGrant;
  readonly row: StoredItem | null;
}

async function rememberSeen(store: FindingStore, sighting: Sighting): Promise<number> {
  const { row, grant, read, key } = sighting;
  const stored = unwrapRemembered('grant', row?.body);
  const number = row === null ? 0 : numberOf(row);
  if (row === null || stored === null || stored.until !== null) {
    const next = beginGrant(grant, stored, read);
    return next === null ? 0 : begin(store, sighting, { key: `grant#${key}#${number + 1}`, grant: next });
  }
  const step = keepGrant(stored, grant, { read, removal: findTaking(stored, sighting) });
  // The new row comes first: a run that breaks off between the two leaves two that stand, and never none.
  const begun =
    step.next === null ? 0 : await begin(store, sighting, { key: `grant#${key}#${number + 1}`, grant: step.next });
  if (step.stored === null) return begun;
  const body = wrapRemembered('grant', step.stored);
  const isWritten = await updateItem(store, {
    partition: row.partition,
    key: row.key,
    known: row,
    change: (now) => (isStanding(now) ? { body } : null),
  });
  return begun + (isWritten ? 1 : 0);
}

async function begin(
  store: FindingStore,
  { clusterArn }: SeenOnCluster,
  { key, grant }: { readonly key: string; readonly grant: RememberedGrant },
): Promise<number> {
  const body = wrapRemembered('grant', grant);
  // Another run that saw it as well was here first: then it is remembered already.
  const isWritten = await updateItem(store, {
    partition: clusterArn,
    key,
    change: (now) => (now === null ? { body } : null),
  });
  return isWritten ? 1 : 0;
}

/** A record of it being taken away counts only where it may have been given again since. */
function findTaking(stored: RememberedGrant, { grant: { grant }, records, read }: Sighting) {
  const removal = findRemoval(stored, records, rangeOf(stored, read));
  const isBefore = removal === null || grant.since === null || Date.parse(grant.since) >= Date.parse(removal.at);
  return isBefore ? removal : null;
}

async function rememberGone(store: FindingStore, row: StoredItem, { read, records }: SeenOnCluster): Promise<number> {
  const isWritten = await updateItem(store, {
    partition: row.partition,
    key: row.key,
    known: row,
    change: (body) => {
      const stored = unwrapRemembered('grant', body);
      if (stored === null || !isOver(stored, read)) return null;
      const ended = endGrant(stored, read, findRemoval(stored, records, rangeOf(stored, read)));
      return ended === null ? null : { body: wrapRemembered('grant', ended) };
    },
  });
  return isWritten ? 1 : 0;
}

function isOver(stored: RememberedGrant, read: GrantRead): boolean {
  const isOfEarlierLife = read.life !== null && stored.life != null && stored.life !== read.life;
  return isOfEarlierLife || read.wouldShow(stored);
}

function rangeOf({ from, via }: RememberedGrant, { lastReadAt, at }: GrantRead) {
  const wholeReadAt = lastReadAt(via);
  const isLater = wholeReadAt !== null && Date.parse(wholeReadAt) > Date.parse(from);
  return { from: isLater ? wholeReadAt : from, to: at };
}

function isStanding(body: unknown): boolean {
  return unwrapRemembered('grant', body)?.until === null;
}
