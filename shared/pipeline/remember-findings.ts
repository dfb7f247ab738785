/** What a run or an event found on one cluster into the findings that are remembered of it. */
import { type Occasion, rememberFinding, resolveFinding } from '../findings/lifecycle.ts';
import { unwrapRemembered, wrapRemembered } from '../findings/remembered.ts';
import { cutFinding } from '../findings/row-size.ts';
import type { Finding } from '../model/finding.ts';
import type { RememberedFinding } from '../model/remembered.ts';
import type { FindingStore, StoredItem } from '../ports.ts';
import { updateItem } from './update-item.ts';

export interface FoundOnCluster {
  readonly clusterArn: string;
  /** createdAt; findings of another life are over. */
  readonly life: string | null;
  readonly findings: readonly Finding[];
  /** Detections whose silence shows that what they found is gone. */
  readonly resolvable: ReadonlySet<string>;
}

/** Each row is written for itself, and the same call again writes nothing: a run that broke off is simply made again. */
export async function rememberFindings(
  store: FindingStore,
  found: FoundOnCluster,
  occasion: Occasion,
): Promise<number> {
  const rows = new Map((await store.list(found.clusterArn, 'finding#')).map((row) => [row.key, row]));
  let written = 0;
  for (const finding of found.findings) {
    const known = rows.get(keyOf(finding.fingerprint)) ?? null;
    rows.delete(keyOf(finding.fingerprint));
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
  return updateItem(store, {
    partition,
    key: keyOf(finding.fingerprint),
    known,
    change: (body) => wrap(rememberFinding(unwrapRemembered('finding', body), cutFinding(finding), occasion)),
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
      return wrap(resolveFinding(stored, occasion));
    },
  });
}

function isOver(stored: RememberedFinding, { life, resolvable }: FoundOnCluster): boolean {
  const isOfEarlierLife = life !== null && stored.cluster?.life != null && stored.cluster.life !== life;
  return isOfEarlierLife || resolvable.has(stored.detection);
}

function wrap(finding: RememberedFinding | null): { readonly body: unknown } | null {
  return finding === null ? null : { body: wrapRemembered('finding', finding) };
}
