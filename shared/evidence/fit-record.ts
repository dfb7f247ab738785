/** A record into one that fits a row: its bodies go first, and it says that they were cut. */
import type { EvidenceRecord } from '../model/records.ts';
import { isRecord } from './json-fields.ts';

/** Rows hold 100 KB; the rest is room for what stands around the record. */
export const MOST_RECORD_BYTES = 90_000;

/** What is missing then is not known to be empty: apply-record.ts takes a cut change for one that only a read shows. */
export function fitRecord(record: EvidenceRecord, mostBytes = MOST_RECORD_BYTES): EvidenceRecord {
  if (fits(record, mostBytes)) return record;
  const bare = withoutBodies(record);
  return fits(bare, mostBytes) ? bare : shorten(bare);
}

function fits(record: EvidenceRecord, mostBytes: number): boolean {
  return Buffer.byteLength(JSON.stringify(record)) <= mostBytes;
}

function withoutBodies(record: EvidenceRecord): EvidenceRecord {
  if (record.source === 'audit-log')
    return { ...record, requestObject: null, responseObject: null, written: null, truncated: true };
  if (record.source === 'cloudtrail')
    return { ...record, request: short(record.request), response: {}, truncated: true };
  return record;
}

const MOST_TEXT = 2_000;
const MOST_ITEMS = 20;

function short(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => typeof item !== 'string' || item.length <= MOST_TEXT)
      .filter(([, item]) => typeof item !== 'object' || JSON.stringify(item).length <= MOST_TEXT)
      .slice(0, MOST_ITEMS),
  );
}

/** Names of megabytes are somebody's attack: their beginnings tell enough. */
function shorten(record: EvidenceRecord): EvidenceRecord {
  const cut = JSON.parse(JSON.stringify(record), (_key, value: unknown) => {
    if (typeof value === 'string') return value.slice(0, MOST_TEXT);
    return Array.isArray(value) ? value.slice(0, MOST_ITEMS) : value;
  });
  return isSameKind(cut, record) ? cut : record;
}

/** Only lengths were changed. */
function isSameKind(cut: unknown, record: EvidenceRecord): cut is EvidenceRecord {
  return isRecord(cut) && cut.source === record.source;
}
