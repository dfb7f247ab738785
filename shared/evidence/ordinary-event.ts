/** Finds in the bytes of a log the audit events that nobody needs to read, as most of them are. */
import { createQuoteFinder, findLiteralEnd, holdsAt } from './json-bytes.ts';
import { createNeedleSearch, type NeedleSearch } from './needles.ts';

/**
 * Where the ordinary event that starts at `from` ends; -1 when none does. Only what is certain counts: anything damaged,
 * or merely unusual, is left to the parsers to judge.
 */
export type FindOrdinaryEnd = (bytes: Uint8Array, from: number) => number;

const BLANK = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const LIST = 0x5b;
const LIST_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;

/** What may come next; the order counts: values, keys, marks. */
const VALUE = 0;
const VALUE_OR_END = 1;
const KEY = 2;
const KEY_OR_END = 3;
const COMMA_OR_END = 4;

/** No event is nested like this. */
const MAX_DEPTH = 64;

/**
 * Valid JSON from end to end, an audit event, and without a needle. One pass and one function, for it sees every byte of
 * every log.
 */
export function createEventScanner(search: NeedleSearch = createNeedleSearch()): FindOrdinaryEnd {
  const closers = new Uint8Array(MAX_DEPTH);
  const members = createMemberSearch();
  const findQuote = createQuoteFinder();
  return (bytes, from) => {
    if (bytes[from] !== OBJECT) return -1;
    search.reset();
    members.reset();
    let at = from;
    let depth = 0;
    let next = VALUE;
    do {
      const byte = bytes[at] ?? 0;
      let end = at + 1;
      if (byte === QUOTE) {
        end = findQuote(bytes, end);
        if (next > KEY_OR_END || end === -1) return -1;
        search.see(bytes, at + 1, end);
        const isKey = next >= KEY;
        if (depth === 1 && !(isKey ? members.seeKey(bytes, at + 1, end) : members.seeText(at + 1, end))) return -1;
        end += isKey ? 2 : 1;
        if (isKey && bytes[end - 1] !== COLON) return -1;
        next = isKey ? VALUE : COMMA_OR_END;
      } else if (byte === OBJECT || byte === LIST) {
        if (next > VALUE_OR_END || depth + 1 === MAX_DEPTH) return -1;
        depth += 1;
        closers[depth] = byte + 2;
        next = byte === OBJECT ? KEY_OR_END : VALUE_OR_END;
      } else if (byte === OBJECT_END || byte === LIST_END) {
        const isEmpty = next === (byte === OBJECT_END ? KEY_OR_END : VALUE_OR_END);
        if (closers[depth] !== byte || (next !== COMMA_OR_END && !isEmpty)) return -1;
        depth -= 1;
        next = COMMA_OR_END;
      } else if (byte !== BLANK) {
        end = findLiteralEnd(bytes, at);
        if (next > VALUE_OR_END || end === -1) return -1;
        search.see(bytes, at, end);
        next = COMMA_OR_END;
      }
      if (bytes[end] === COMMA && next === COMMA_OR_END && depth > 0) {
        next = closers[depth] === OBJECT_END ? KEY : VALUE;
        end += 1;
      }
      at = end;
    } while (depth > 0);
    return members.hasAll() && !search.hasFound() ? at : -1;
  };
}

/** Texts without which an object is no audit event, or one that the parser skips. */
const AUDIT_ID = Buffer.from('auditID');
const REQUEST_URI = Buffer.from('requestURI');

/** Looks for them among the members of the outermost object. */
function createMemberSearch() {
  let seen = 0;
  let awaited = 0;
  return {
    reset: () => {
      seen = 0;
      awaited = 0;
    },
    /** False for a member that comes twice, of which parsers keep the last. */
    seeKey: (bytes: Uint8Array, from: number, to: number): boolean => {
      awaited = 0;
      if (to - from === AUDIT_ID.length && holdsAt(bytes, from, AUDIT_ID)) awaited = 1;
      if (to - from === REQUEST_URI.length && holdsAt(bytes, from, REQUEST_URI)) awaited = 2;
      return (seen & awaited) === 0;
    },
    seeText: (from: number, to: number): true => {
      if (to > from) seen |= awaited;
      return true;
    },
    hasAll: () => seen === 3,
  };
}
