/** Moments into the few keys of a trail's bucket that can hold their records: the date is a folder, the minute a name. */

export interface TrailBucket {
  readonly bucket: string;
  /** Up to and with AWSLogs, and the organisation where its trail wrote it; no slash at the end. */
  readonly root: string;
}

/** `BUCKET`, `s3://BUCKET/PREFIX`, or with `AWSLogs/o-…` at its end for the trail of an organisation. null: no bucket. */
export function parseTrailBucket(text: string): TrailBucket | null {
  const [bucket = '', ...prefix] = text
    .replace(/^s3:\/\//, '')
    .split('/')
    .filter((part) => part !== '');
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) return null;
  return { bucket, root: [...prefix, ...(prefix.includes('AWSLogs') ? [] : ['AWSLogs'])].join('/') };
}

/** One listing: keys of this prefix, after the first and up to the last minute. */
export interface KeyRange {
  readonly prefix: string;
  readonly startAfter: string;
  /** `YYYYMMDDTHHmm`. */
  readonly lastMinute: string;
  /** The moments that it serves lie in here. */
  readonly fromMs: number;
  readonly toMs: number;
}

export interface TrailPlace {
  readonly account: string;
  readonly region: string;
}

/** CloudTrail delivers within some five minutes, without a promise; the name tells when. */
const DELIVERY_MS = 30 * 60_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

/** Moments that lie close share a range; one that goes past midnight has two, since each day is a folder. */
export function listKeyRanges({ root }: TrailBucket, place: TrailPlace, atMs: readonly number[]): readonly KeyRange[] {
  const spans: { from: number; to: number }[] = [];
  for (const at of [...atMs].sort((a, b) => a - b)) {
    const last = spans.at(-1);
    const to = at + DELIVERY_MS;
    if (last !== undefined && at <= last.to) last.to = to;
    // A file is named by the minute in which it was made: that of the call, at the earliest.
    else spans.push({ from: at - MINUTE_MS, to });
  }
  return spans
    .flatMap((span) => splitByDay(span).map((part) => ({ ...part, fromMs: span.from, toMs: span.to })))
    .map(({ from, to, fromMs, toMs }) => {
      const { account, region } = place;
      const day = new Date(from).toISOString().slice(0, 10).replaceAll('-', '/');
      const stem = `${account}_CloudTrail_${region}_`;
      const prefix = `${root}/${account}/CloudTrail/${region}/${day}/${stem}${day.replaceAll('/', '')}T`;
      // Before every name of that minute, and behind every one of the minute before.
      const startAfter = `${prefix}${minuteOf(from).slice(9)}`;
      return { prefix, startAfter, lastMinute: minuteOf(to), fromMs, toMs };
    });
}

/** null for anything that CloudTrail would not have named so: it is passed over. */
export function parseTrailKey(key: string): { readonly file: string; readonly minute: string } | null {
  const found =
    /\/CloudTrail\/([a-z0-9-]+\/\d{4}\/\d\d\/\d\d\/\d{12}_CloudTrail_[a-z0-9-]+_(\d{8}T\d{4})Z_?[A-Za-z0-9]*\.json)\.gz$/.exec(
      key,
    );
  return found?.[1] === undefined || found[2] === undefined ? null : { file: found[1], minute: found[2] };
}

function splitByDay({ from, to }: { from: number; to: number }): readonly { from: number; to: number }[] {
  const midnight = (Math.floor(from / DAY_MS) + 1) * DAY_MS;
  return to < midnight ? [{ from, to }] : [{ from, to: midnight - 1 }, ...splitByDay({ from: midnight, to })];
}

function minuteOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replaceAll(/[-:]/g, '');
}
