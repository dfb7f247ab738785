/** Creations and deletions into the lives of a cluster name, so that each event belongs to the life that holds its time. */
import type { Cluster } from '../model/eks.ts';
import type { EvidenceRecord } from '../model/records.ts';
import { BIRTH_TOLERANCE_MS, birthOf, isCreation } from '../rules/cluster-births.ts';
import { append } from '../rules/lists-by-key.ts';
import { compareTimes, msBetween } from '../rules/time.ts';

/** Records of a life before the one that stands; createdAt is null when its beginning was not seen. */
export interface EarlierLife {
  readonly createdAt: string | null;
  readonly records: readonly EvidenceRecord[];
}

export interface Life {
  /** createdAt; null when only its end is known. */
  readonly createdAt: string | null;
  readonly until: string | null;
}

/** Records (of any stream) into those of the life that stands, oldest first, and those of the lives before it. */
export function splitLives(
  cluster: Cluster,
  records: readonly EvidenceRecord[],
): { readonly current: readonly EvidenceRecord[]; readonly earlier: readonly EarlierLife[] } {
  const lives = listLives(cluster, records);
  const standing = lives.at(-1);
  const current: EvidenceRecord[] = [];
  const earlier = new Map<string | null, EvidenceRecord[]>();
  for (const record of [...records].sort((a, b) => compareTimes(a.at, b.at))) {
    const life = findLife(lives, record.at);
    if (life === standing) current.push(record);
    else append(earlier, life.createdAt, record);
  }
  return { current, earlier: [...earlier].map(([createdAt, list]) => ({ createdAt, records: list })) };
}

/** Oldest first; the last is the cluster as it stands. `records` are all that name the cluster. */
export function listLives(cluster: Cluster, records: readonly EvidenceRecord[]): readonly Life[] {
  const starts = records
    .flatMap((record) => (isCreation(record) ? (birthOf(record) ?? []) : []))
    .filter((at) => cluster.createdAt !== null && msBetween(at, cluster.createdAt) > BIRTH_TOLERANCE_MS)
    .sort(compareTimes);
  const current: Life = { createdAt: cluster.createdAt, until: null };
  if (cluster.createdAt === null) return [current];
  const earlier = starts.map(
    (createdAt, index): Life => ({ createdAt, until: starts[index + 1] ?? cluster.createdAt }),
  );
  return [...earlier, current];
}

/** The life a record belongs to; a record without a time, or of an unknown life, is taken for the life that stands. */
export function findLife(lives: readonly Life[], at: string | null): Life {
  const current: Life = lives.at(-1) ?? { createdAt: null, until: null };
  if (at === null || current.createdAt === null) return current;
  if (msBetween(at, current.createdAt) <= BIRTH_TOLERANCE_MS) return current;
  const held = lives.findLast(
    (life) => life.createdAt !== null && msBetween(life.createdAt, at) >= -BIRTH_TOLERANCE_MS,
  );
  return held ?? { createdAt: null, until: current.createdAt };
}
