/** What a run or an event found on one cluster into the findings that are remembered of it. */
import { type Occasion, rememberFinding, resolveFinding } from '../findings/lifecycle.ts';
import { unwrapRemembered, wrapRemembered } from '../findings/remembered.ts';
import { cutFinding } from '../findings/row-size.ts';
import type { Finding } from '../model/finding.ts';
import type { RememberedFinding } from '../model/remembered.ts';
import type { FindingStore, StoredItem } from '../ports.ts';
import { isRecurring } from './detection-rules.ts';
import { updateItem } from './update-item.ts';

export interface FoundOnCluster {
  /** Or the partition of an account, for what concerns no cluster. */
  readonly clusterArn: string;
  /** createdAt; findings of another life are over. */
  readonly life: string | null;
  readonly findings: readonly Finding[];
  /** Detections whose silence shows that what they found is gone. */
  readonly resolvable: ReadonlySet<string>;
  /** What alerts called that life before EKS was asked for its name. */
  readonly standIns?: readonly string[];
  /** Those that the silence is about; left out: all of the partition. */
  readonly rows?: readonly StoredItem[];
}

/** Each row is written for itself, and the same call again writes nothing: a run that broke off is simply made again. */
export async function rememberFindings(
  store: FindingStore,
  found: FoundOnCluster,
  occasion: Occasion,
): Promise<number> {
  const compared = found.rows ?? (await store.list(found.clusterArn, 'finding#'));
  const rows = new Map(compared.map((row) => [row.key, row]));
  let written = 0;
  const firstSeen = listFirstSeen([...rows.values()], found);
  for (const one of found.findings) {
    const known = rows.get(keyOf(one.fingerprint)) ?? null;
    rows.delete(keyOf(one.fingerprint));
    const firstSeenAt = firstSeen.get(nameFact(one)) ?? one.firstSeenAt;
    const finding = { ...one, firstSeenAt: known === null ? firstSeenAt : one.firstSeenAt };
    if (await remember(store, { finding, known, partition: found.clusterArn }, occasion)) written += 1;
  }
  for (const known of rows.values()) {
    if (await resolve(store, known, { found, occasion })) written += 1;
  }
  return written;
}

/** Never resolves: what an event does not show may stand all the same. */
export async function rememberEvent(
  store: FindingStore,
  { clusterArn, findings }: Pick<FoundOnCluster, 'clusterArn' | 'findings'>,
  occasion: Occasion,
): Promise<number> {
  let written = 0;
  for (const finding of findings) {
    if (await remember(store, { finding, known: null, partition: clusterArn }, occasion)) written += 1;
  }
  return written;
}

function keyOf(fingerprint: string): string {
  return `finding#${fingerprint}`;
}

interface Sighting {
  readonly finding: Finding;
  readonly known: StoredItem | null;
  readonly partition: string;
}

function remember(store: FindingStore, { finding, known, partition }: Sighting, occasion: Occasion): Promise<boolean> {
  const recurs = isRecurring(finding);
  return updateItem(store, {
    partition,
    key: keyOf(finding.fingerprint),
    known,
    change: (body) =>
      wrap(rememberFinding(unwrapRemembered('finding', body), cutFinding(finding), { ...occasion, recurs })),
  });
}

function resolve(
  store: FindingStore,
  known: StoredItem,
  { found, occasion }: { readonly found: FoundOnCluster; readonly occasion: Occasion },
): Promise<boolean> {
  return updateItem(store, {
    partition: known.partition,
    key: known.key,
    known,
    change: (body) => {
      const stored = unwrapRemembered('finding', body);
      if (stored === null || !isOver(stored, found)) return null;
      // It goes on under another fingerprint: nothing has come to an end that somebody should hear of.
      if (isContinued(stored, found))
        return stored.status === 'resolved' ? null : wrap({ ...stored, status: 'resolved' });
      return wrap(resolveFinding(stored, occasion));
    },
  });
}

function isOfStandIn({ cluster }: RememberedFinding, { standIns = [] }: FoundOnCluster): boolean {
  return cluster?.life != null && standIns.includes(cluster.life);
}

/** When an alert first told of the fact, under the name that its life had then. */
function listFirstSeen(rows: readonly StoredItem[], found: FoundOnCluster): ReadonlyMap<string, string> {
  const stored = rows.flatMap(({ body }) => unwrapRemembered('finding', body) ?? []);
  const before = stored.filter((one) => isOfStandIn(one, found));
  return new Map(before.map((one) => [nameFact(one), one.firstSeenAt]));
}

function nameFact({ detection, subject }: Pick<Finding, 'detection' | 'subject'>): string {
  return `${detection} ${subject}`;
}

function isContinued(stored: RememberedFinding, found: FoundOnCluster): boolean {
  return isOfStandIn(stored, found) && found.findings.some((finding) => nameFact(finding) === nameFact(stored));
}

function isOver(stored: RememberedFinding, found: FoundOnCluster): boolean {
  if (isContinued(stored, found) || found.resolvable.has(stored.detection)) return true;
  const isOfEarlierLife = found.life !== null && stored.cluster?.life != null && stored.cluster.life !== found.life;
  return isOfEarlierLife && !isOfStandIn(stored, found);
}

function wrap(finding: RememberedFinding | null): { readonly body: unknown } | null {
  return finding === null ? null : { body: wrapRemembered('finding', finding) };
}
