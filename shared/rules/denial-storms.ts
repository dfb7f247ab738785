/** Denied logins, in any order, into storms: many of one kind and caller in five minutes, and when the first began. */
import type { Ref } from '../model/coverage.ts';
import type { Denial } from '../model/records.ts';
import { arnKey } from './arn.ts';

export type DenialKind = 'mapping' | 'token' | 'throttling';

export interface Storm {
  /** null where STS did not prove who it was. */
  readonly arn: string | null;
  readonly kind: DenialKind;
  readonly startedAt: string;
  /** In the worst five minutes. */
  readonly most: number;
  readonly evidence: Ref;
}

const BUCKET_MS = 5 * 60_000;
/** A client that tries again by itself does so a few times; ten of them in five minutes are more than that. */
const MANY = 10;

interface Bucket {
  count: number;
  first: Denial & { readonly at: string };
}
interface Series {
  readonly arn: string | null;
  readonly kind: DenialKind;
  readonly buckets: Map<number, Bucket>;
}

export function createStormWatch(): {
  readonly add: (denial: Denial) => void;
  readonly storms: () => readonly Storm[];
} {
  const all = new Map<string, Series>();
  return {
    add: (denial) => {
      const { at, arn } = denial;
      if (at === null) return;
      const kind = kindOf(denial);
      const key = `${kind} ${arn === null ? '' : arnKey(arn)}`;
      const series = all.get(key) ?? { arn, kind, buckets: new Map<number, Bucket>() };
      all.set(key, series);
      count(series.buckets, { ...denial, at });
    },
    storms: () => [...all.values()].flatMap(listStorms),
  };
}

function kindOf({ denial }: Denial): DenialKind {
  if (denial === 'not-mapped' || denial === 'mapper-error' || denial === 'template-error') return 'mapping';
  return denial === 'sts-throttled' ? 'throttling' : 'token';
}

function count(buckets: Map<number, Bucket>, denial: Bucket['first']): void {
  const number = Math.floor(Date.parse(denial.at) / BUCKET_MS);
  const bucket = buckets.get(number);
  if (bucket === undefined) {
    buckets.set(number, { count: 1, first: denial });
    return;
  }
  bucket.count += 1;
  if (Date.parse(denial.at) < Date.parse(bucket.first.at)) bucket.first = denial;
}

/** Full buckets in a row are one storm. */
function listStorms({ arn, kind, buckets }: Series): readonly Storm[] {
  const storms: Storm[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const [number, bucket] of [...buckets].sort(([a], [b]) => a - b)) {
    if (bucket.count < MANY) continue;
    const current = storms.at(-1);
    if (current !== undefined && number === last + 1)
      storms[storms.length - 1] = { ...current, most: Math.max(current.most, bucket.count) };
    else storms.push({ arn, kind, startedAt: bucket.first.at, most: bucket.count, evidence: bucket.first.evidence });
    last = number;
  }
  return storms;
}
