/** Times as sources print them (ISO with any offset, epoch seconds or milliseconds) into one ISO form. */

const EPOCH_MS_FROM = 100_000_000_000; // a number this large is milliseconds: as seconds it would be the year 5138

/** The very form that comes out, of a day that every month has. */
const ISO_ALREADY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;

/** ISO in UTC, without a zero fraction; null when the value names no time. */
export function isoTime(value: unknown): string | null {
  if (typeof value === 'string' && ISO_ALREADY.test(value)) return value;
  const ms =
    typeof value === 'number'
      ? Math.abs(value) >= EPOCH_MS_FROM
        ? value
        : value * 1000
      : typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value)
        ? Date.parse(inUtc(value))
        : Number.NaN;
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return null;
  return new Date(Math.round(ms)).toISOString().replace('.000Z', 'Z');
}

/** A time that names no zone is UTC, as AWS and Kubernetes mean it; Date.parse would take the machine's own. */
function inUtc(text: string): string {
  return /T|\d \d/.test(text) && !/(?:[Zz]|[+-]\d\d:?\d\d|UTC|GMT)$/.test(text) ? `${text.replace(' ', 'T')}Z` : text;
}

/** Milliseconds from `earlier` to `later`; negative when the order is the other way round. */
export function msBetween(earlier: string, later: string): number {
  return Date.parse(later) - Date.parse(earlier);
}

/** For sorting: unknown times come first. */
export function compareTimes(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return Date.parse(a) - Date.parse(b);
}
