/** Who held the keys from when on, and used them when last: each keyholder as a bar on one scale of time. */
import type { Access } from '../model/access.ts';
import type { ClusterReport, Report } from '../model/report.ts';
import { sortAccess } from './order.ts';
import { isOwnIdentity } from './view-holders.ts';
import { tellDay, tellFact, tellHolder } from './words.ts';

export interface TimelineView {
  /** First and last day of the scale. */
  readonly from: string;
  readonly to: string;
  /** Where what we can see begins, in thousandths of the scale; null where it is not known. */
  readonly seenFrom: number | null;
  readonly seenFromDay: string;
  readonly rows: readonly TimelineRow[];
}

export interface TimelineRow {
  readonly holder: string;
  readonly since: string;
  readonly lastUsed: string;
  /** In thousandths of the scale; null where the beginning is not known. */
  readonly begins: number | null;
  /** Length of the bar, up to the end of the scale. */
  readonly length: number;
  /** null where no use was seen. */
  readonly used: number | null;
}

export function viewTimeline({ keyholders, account }: ClusterReport, { generatedAt, window }: Report): TimelineView {
  const rows = sortAccess(keyholders).filter((row) => !isOwnIdentity(row));
  const times = rows.flatMap(({ since, lastUsedAt }) => [since.value, lastUsedAt.value]);
  const known = [...times, window?.from ?? null].flatMap((time) => (time === null ? [] : [Date.parse(time)]));
  const end = Date.parse(generatedAt);
  const start = Math.min(end - DAY_MS, ...known.filter((ms) => !Number.isNaN(ms)));
  const place = (time: string | null): number | null => {
    const ms = time === null ? Number.NaN : Date.parse(time);
    return Number.isNaN(ms) ? null : Math.min(1000, Math.max(0, Math.round((1000 * (ms - start)) / (end - start))));
  };
  return {
    from: tellDay(new Date(start).toISOString()),
    to: tellDay(generatedAt),
    seenFrom: place(window?.from ?? null),
    seenFromDay: window === null ? '' : tellDay(window.from),
    rows: rows.map((row) => viewRow(row, account, place)),
  };
}

const DAY_MS = 24 * 60 * 60 * 1000;

function viewRow(row: Access, account: string, place: (time: string | null) => number | null): TimelineRow {
  const begins = place(row.since.value);
  return {
    holder: tellHolder(row.holder, account),
    since: tellFact(row.since),
    lastUsed: tellFact(row.lastUsedAt),
    begins,
    length: 1000 - (begins ?? 0),
    used: place(row.lastUsedAt.value),
  };
}
