/** When the logs of clusters were last read in whole into the window that a live run asks of them. */
import { unknownCluster } from '../evidence/describe-cluster.ts';
import type { Window } from '../model/coverage.ts';
import type { StoredState } from '../model/state.ts';
import type { ClusterPlace } from '../ports.ts';

/** CloudWatch delivers within minutes as a rule, and promises nothing: what came late is read once more. */
const OVERLAP_MS = 60 * 60_000;
const STREAMS = ['authenticator-log', 'audit-log'] as const;

/** One for all clusters, since one query asks many logs: from the earliest on, so that none has a hole. */
export function resolveLogWindow(
  places: readonly ClusterPlace[],
  { window, logsReadTo = {} }: { readonly window: Window; readonly logsReadTo?: StoredState['logsReadTo'] | undefined },
): Window {
  const starts = places.flatMap((place) => {
    const readTo = new Map(Object.entries(new Map(Object.entries(logsReadTo)).get(unknownCluster(place).arn) ?? {}));
    return STREAMS.map((stream) => {
      const endMs = Date.parse(readTo.get(stream) ?? '');
      return Number.isNaN(endMs) ? Date.parse(window.from) : endMs - OVERLAP_MS;
    });
  });
  // A window that ended after this run has begun says nothing about what came since.
  const fromMs = Math.min(...starts, Date.parse(window.to) - OVERLAP_MS);
  const from = starts.length === 0 ? window.from : new Date(fromMs).toISOString().replace('.000Z', 'Z');
  return { from, to: window.to };
}
