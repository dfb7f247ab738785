/** Turns the times that log exports print into ISO: zone or none (then UTC), space or T, or epoch digits as text. */
import { isoTime } from '../rules/time.ts';

const PRINTED = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d+)?) ?(Z|[+-]\d\d:?\d\d)?$/i;

/** null when the value names no time. */
export function parseLogTime(value: unknown): string | null {
  if (typeof value === 'number') return isoTime(value);
  if (typeof value !== 'string') return null;
  if (/^\d{9,14}(?:\.\d+)?$/.test(value)) return isoTime(Number(value));
  const printed = PRINTED.exec(value);
  if (printed === null) return null;
  // Without a zone JavaScript would read the machine's own; these sources all print UTC.
  const zone = (printed[3] ?? 'Z').toUpperCase().replace(/^(.\d\d)(\d\d)$/, '$1:$2');
  return isoTime(`${printed[1]}T${printed[2]}${zone}`);
}
