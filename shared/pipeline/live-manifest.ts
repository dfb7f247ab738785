/** What a live run asked for, and what became of it, into manifest.json: the same run gives the same bytes. */
import { MANIFEST_SCHEMA } from '../evidence/manifest.ts';
import type { Window } from '../model/coverage.ts';
import type { Scope } from '../model/evidence.ts';
import type { LiveCaller, LiveRead } from '../ports.ts';

/** What one account, or one region of it, gave. */
export interface LiveResult extends LiveRead {
  readonly scope: readonly Scope[];
}

export interface LiveRun {
  readonly now: string;
  readonly window: Window;
  readonly callers: readonly LiveCaller[];
  readonly results: readonly LiveResult[];
}

export function renderManifest({ now, window, callers, results }: LiveRun): string {
  const manifest = {
    schema: MANIFEST_SCHEMA,
    collectedAt: now,
    window,
    caller: callers.length === 0 ? null : unique(callers.map(({ arn }) => arn)).join(', '),
    scope: byText(results.flatMap(({ scope }) => scope)),
    coverage: byText(results.flatMap(({ coverage }) => coverage)),
    queries: unique(results.flatMap(({ queries }) => queries)),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

export function joinResults(results: readonly LiveResult[]): LiveResult {
  return { scope: results.flatMap(({ scope }) => scope), ...joinReads(results) };
}

export function joinReads(reads: readonly LiveRead[]): LiveRead {
  return {
    coverage: reads.flatMap(({ coverage }) => coverage),
    queries: reads.flatMap(({ queries }) => queries),
    mends: reads.flatMap(({ mends }) => mends),
  };
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}

/** Calls end in any order: rows are put in one that does not depend on it. */
function byText<T>(rows: readonly T[]): readonly T[] {
  return rows
    .map((row) => ({ row, key: JSON.stringify(row) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ row }) => row);
}
