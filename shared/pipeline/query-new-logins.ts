/** The story of the query between two audits: who logged in meanwhile, told as if a log subscription had sent it. */
import { mapBounded } from '../bounded.ts';
import { unwrapRemembered } from '../findings/remembered.ts';
import type { Scan, StatedCoverage } from '../model/coverage.ts';
import type { ClusterLoginQueries, RememberedCluster } from '../model/remembered.ts';
import type { FindingStore } from '../ports.ts';
import { groupBy } from '../rules/lists-by-key.ts';
import { rowOf, startQueries } from './login-queries.ts';
import { type LoginPorts, type LogPlace, type PlaceOutcome, queryPlace } from './query-place.ts';
import { readRow } from './remembered-row.ts';

/** Each has rates of its own, and the function is paid for while it waits. */
const PLACES_AT_ONCE = 50;
/** A cluster that is in no audit any more, while others are, is gone. */
const AUDITED_WITHIN_MS = 7 * 24 * 3_600_000;

export interface QueriedLogins {
  /** How far each cluster's authenticator log was asked for, and what of it is not. */
  readonly coverage: readonly StatedCoverage[];
  /** Of it, what a log has that was not asked for; a cluster without a log has nothing. */
  readonly unasked: readonly StatedCoverage[];
  readonly forwarded: number;
  /** Denials of storms, which the next audit counts, and lines that could not be read. */
  readonly folded: number;
  readonly skipped: number;
  /** What the queries scanned, at list price. */
  readonly dollars: number;
  /** How long ago the last whole window ended of the cluster that waits longest; null without a cluster that logs. */
  readonly oldestSeconds: number | null;
  /** What the bus or the table refused; everything else was tried. */
  readonly failures: readonly string[];
}

export async function queryNewLogins(ports: LoginPorts): Promise<QueriedLogins> {
  const places = await readPlaces(ports.store);
  const done = await mapBounded(places, PLACES_AT_ONCE, (place) => queryPlace(place, ports));
  const waits = done.flatMap(({ clusters }) => clusters.flatMap((state) => listWaits(state, ports.now)));
  const sum = (count: (place: PlaceOutcome) => number) => done.reduce((total, place) => total + count(place), 0);
  return {
    coverage: done.flatMap(({ coverage }) => coverage),
    unasked: done.flatMap(({ unasked }) => unasked),
    forwarded: sum(({ forwarded }) => forwarded),
    folded: sum(({ folded }) => folded),
    skipped: sum(({ skipped }) => skipped),
    dollars: done.flatMap(({ coverage }) => coverage).reduce((sum, { scan }) => sum + shareOf(scan), 0),
    oldestSeconds: waits.length === 0 ? null : Math.max(...waits),
    failures: done.flatMap(({ failures }) => failures),
  };
}

/** One query asks many clusters, and stands in the coverage of each. */
function shareOf(scan: Scan | undefined): number {
  return scan === undefined ? 0 : scan.dollars / scan.clusters;
}

function listWaits({ isLogged, readTo }: ClusterLoginQueries, now: string): readonly number[] {
  return isLogged && readTo !== null ? [Math.max(0, (Date.parse(now) - Date.parse(readTo)) / 1000)] : [];
}

/** As the last audits left them: nothing is looked for every few minutes. Whoever waits longest comes first. */
async function readPlaces(store: FindingStore): Promise<readonly LogPlace[]> {
  const rows = (await store.list('estate', 'cluster#')).flatMap(({ body }) => unwrapRemembered('cluster', body) ?? []);
  const byPlace = groupBy(listAudited(rows), ({ account, region }) => `${account}/${region}`);
  const places = await mapBounded([...byPlace.values()], PLACES_AT_ONCE, async (clusters) => {
    const [first] = clusters;
    if (first === undefined) return [];
    const { account, region } = first;
    const known = (await readRow(store, rowOf(first)))?.clusters ?? [];
    const states = clusters.map(({ name }) => known.find((state) => state.name === name) ?? startQueries(name));
    return [{ account, region, clusters, states }];
  });
  const waitsSince = ({ states }: LogPlace): string => states.map(({ readTo }) => readTo ?? '').sort()[0] ?? '';
  return places.flat().sort((a, b) => (waitsSince(a) < waitsSince(b) ? -1 : 1));
}

function listAudited(rows: readonly RememberedCluster[]): readonly RememberedCluster[] {
  const last = Math.max(...rows.map(({ at }) => (at === undefined ? 0 : Date.parse(at))));
  return rows.filter(({ at }) => at === undefined || last - Date.parse(at) <= AUDITED_WITHIN_MS);
}
