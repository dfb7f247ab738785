/** Usage rows into an index that answers who was seen, when last, and under which unique id. */
import type { Known } from '../model/access.ts';
import type { Coverage, Source } from '../model/coverage.ts';
import type { Usage } from '../model/evidence.ts';
import { arnKey } from '../rules/arn.ts';
import { append } from '../rules/lists-by-key.ts';
import { compareTimes } from '../rules/time.ts';

export interface UsageIndex {
  readonly ofPrincipal: (key: string) => readonly Usage[];
  readonly ofUsername: (username: string) => readonly Usage[];
  readonly ofGroup: (group: string) => readonly Usage[];
}

/** Each list is oldest first by last sighting. */
export function indexUsage(usage: readonly Usage[]): UsageIndex {
  const byPrincipal = new Map<string, Usage[]>();
  const byUsername = new Map<string, Usage[]>();
  const byGroup = new Map<string, Usage[]>();
  const keys = new Map<string, string>();
  for (const use of [...usage].sort((a, b) => compareTimes(a.lastAt, b.lastAt))) {
    if (use.principalArn !== null) {
      const key = keys.get(use.principalArn) ?? arnKey(use.principalArn);
      keys.set(use.principalArn, key);
      append(byPrincipal, key, use);
    }
    append(byUsername, use.username, use);
    for (const group of use.groups) append(byGroup, group, use);
  }
  return {
    ofPrincipal: (key) => byPrincipal.get(key) ?? [],
    ofUsername: (username) => byUsername.get(username) ?? [],
    ofGroup: (group) => byGroup.get(group) ?? [],
  };
}

/** Where a sighting could have come from, and from when on. */
export interface LogSight {
  readonly isReadable: boolean;
  readonly seenFrom: string | null;
  readonly reason: string | null;
}

/** What the given logs can say at all: a log that was read in part still shows from its first record on. */
export function sightOf(coverage: readonly Coverage[], sources: readonly Source[]): LogSight {
  const logs = coverage.filter((c) => sources.includes(c.source));
  const readable = logs.filter((c) => (c.status === 'complete' || c.status === 'partial') && c.window !== null);
  const from = readable.map((c) => c.window?.from ?? null).sort(compareTimes);
  if (readable.length > 0) return { isReadable: true, seenFrom: from[0] ?? null, reason: null };
  const why = logs.map((c) => `${c.source}: ${c.reason ?? 'holds no record'}`).join('; ');
  return { isReadable: false, seenFrom: null, reason: why === '' ? `${sources.join(' and ')} not read` : why };
}

/** The last sighting among `uses`, or why there is none. */
export function lastUse(uses: readonly Usage[], sight: LogSight): Known {
  const last = uses.findLast((use) => use.lastAt !== null)?.lastAt ?? null;
  if (last !== null) return { value: last, status: 'known', seenFrom: sight.seenFrom, reason: null };
  if (!sight.isReadable) return { value: null, status: 'not-readable', seenFrom: null, reason: sight.reason };
  return { value: null, status: 'none-seen', seenFrom: sight.seenFrom, reason: 'no use in the logs that were read' };
}
