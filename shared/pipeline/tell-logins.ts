/** What the log of one cluster tells of a few minutes onto the home bus, and then into what is remembered as told. */
import { listSightings, type SightedEvent } from '../evidence/login-sightings.ts';
import type { RecentLogins } from '../live-ports.ts';
import type { StatedCoverage, Window } from '../model/coverage.ts';
import type { ClusterLoginQueries, RememberedCluster } from '../model/remembered.ts';
import type { BusEvent, ClusterPlace, EventBus, FindingStore } from '../ports.ts';
import { groupBy } from '../rules/lists-by-key.ts';
import { packEvents } from './forward-logs.ts';
import { describeThrown } from './live-attempt.ts';
import { wordLoginQueries } from './login-coverage.ts';
import { noteRead, noteUnread } from './login-queries.ts';
import { keepRow, readRow } from './remembered-row.ts';

export interface Asked {
  readonly cluster: RememberedCluster;
  readonly state: ClusterLoginQueries;
  readonly window: Window;
}

export interface ClusterOutcome {
  readonly state: ClusterLoginQueries;
  readonly coverage: StatedCoverage;
  readonly forwarded: number;
  readonly folded: number;
  readonly skipped: number;
  readonly failure: string | null;
}

export interface TellPorts {
  readonly store: FindingStore;
  readonly bus: EventBus;
  readonly now: string;
}

/** First onto the bus, then remembered: what breaks off in between is sent twice, and judged once. */
export async function tellLogins(
  asked: Asked,
  found: RecentLogins,
  { bus, store, now }: TellPorts,
): Promise<ClusterOutcome> {
  const { cluster, window } = asked;
  const row = { partition: cluster.arn, key: 'told-logins', kind: 'told-logins' } as const;
  try {
    const before = { told: new Map((await readRow(store, row))?.told), life: cluster.life ?? null };
    const { events, told, folded, skipped } = listSightings(found.lines, before, now);
    if (events.length > 0) await bus.put(listBusEvents(cluster, events));
    if (events.length > 0) await keepRow(store, { ...row, change: () => ({ told: [...told] }) });
    const state = noteRead(asked.state, found, window);
    return { state, coverage: cover(found.coverage, state), forwarded: events.length, folded, skipped, failure: null };
  } catch (error) {
    const failure = describeThrown(error);
    const state = noteUnread(asked.state, failure, window);
    const { coverage } = describeUnasked(cluster, failure);
    return { state, coverage: cover(coverage, state), forwarded: 0, folded: 0, skipped: 0, failure };
  }
}

/** Each login is judged for itself: the function that does it has to end with one event before its time is over. */
const MOST_IN_EVENT = 20;

function listBusEvents({ name, account, region }: ClusterPlace, events: readonly SightedEvent[]): readonly BusEvent[] {
  return [...groupBy(events, ({ logStream }) => logStream)].flatMap(([logStream, ofStream]) => {
    const parts = Math.ceil(ofStream.length / MOST_IN_EVENT);
    return Array.from({ length: parts }, (_, part) => {
      const some = ofStream.slice(part * MOST_IN_EVENT, (part + 1) * MOST_IN_EVENT);
      const logEvents = some.map(({ id, timestamp, message }) => ({ id, timestamp, message }));
      const batch = { logGroup: `/aws/eks/${name}/cluster`, logStream, events: logEvents };
      return packEvents(batch, { account, region });
    }).flat();
  });
}

function cover(coverage: StatedCoverage, state: ClusterLoginQueries): StatedCoverage {
  const words = [coverage.reason, ...wordLoginQueries(state)].filter((word) => word !== null);
  return { ...coverage, reason: [...new Set(words)].join('; ') || null };
}

/** Nothing is known of its logins. */
export function describeUnasked(cluster: ClusterPlace, reason: string): RecentLogins {
  const { account, region, name } = cluster;
  const at = { source: 'authenticator-log', account, region, cluster: name, part: null } as const;
  return {
    cluster,
    coverage: { ...at, status: 'unavailable', window: null, reason },
    isLogged: true,
    lines: [],
  };
}
