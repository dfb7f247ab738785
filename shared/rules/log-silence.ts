/** Logs that were read in whole into those that fell silent before their window ends. */
import type { Facts } from '../model/facts.ts';
import { compareTimes, msBetween } from './time.ts';

export type AccessLog = 'audit-log' | 'authenticator-log';

export interface Silence {
  readonly log: AccessLog;
  /** The last record; null when the window shows none. */
  readonly lastAt: string | null;
  readonly hours: number;
}

const TYPES: Readonly<Record<AccessLog, string>> = { 'audit-log': 'audit', 'authenticator-log': 'authenticator' };

/** How long each log may be silent. */
export type Patience = Readonly<Record<AccessLog, number>>;

/** A log that is off, or of which only a part was read, says nothing by its silence. */
export function listSilences({ cluster, coverage, usage, records }: Facts, patience: Patience): readonly Silence[] {
  if (cluster.status !== 'ACTIVE' && cluster.status !== null) return [];
  return (['audit-log', 'authenticator-log'] as const).flatMap((log): readonly Silence[] => {
    const row = coverage.find(({ source }) => source === log);
    if (row?.status !== 'complete' || row.window === null) return [];
    if (cluster.logTypes !== null && !cluster.logTypes.includes(TYPES[log])) return [];
    const times = [...usage.filter(({ source }) => source === log).map((use) => use.lastAt), ...timesOf(records, log)];
    const lastAt = times.sort(compareTimes).at(-1) ?? null;
    const since = [lastAt, row.window.from, cluster.createdAt]
      .filter((at) => at !== null)
      .sort(compareTimes)
      .at(-1);
    const silentMs = msBetween(since ?? row.window.from, row.window.to);
    return silentMs > patience[log] ? [{ log, lastAt, hours: Math.floor(silentMs / 3_600_000) }] : [];
  });
}

function timesOf(records: Facts['records'], log: AccessLog): readonly string[] {
  return records.flatMap(({ source, at }) => (source === log && at !== null ? [at] : []));
}
