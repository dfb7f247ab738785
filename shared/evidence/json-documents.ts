/**
 * Turns lines into the JSON documents that lie over them: pretty-printed, one after the other, or one list of any
 * size, whose items are cut out one by one so that the document itself is never held.
 */
import type { RawLine } from './lines.ts';

/** An item, or a document without its items, beyond this is counted and let go. */
export const MAX_DOCUMENT_BYTES = 256 * 1024 * 1024;

/** Only the stack of brackets grows with depth; what is nested deeper than a record may be is told by its reader. */
const MAX_DEPTH = 100_000;

/** What is kept of a piece that is too large. */
const HEAD_BYTES = 512;

/**
 * Members of a document whose value is a list of records, of any length. The logEvents of a subscription are not among
 * them: they are few, and need what the payload says of their stream.
 */
const LISTS: ReadonlySet<string> = new Set(['Records', 'Events', 'events', 'results', 'items']);
const LONGEST_LIST = 7;

export interface JsonPiece {
  /** `whole`: an item of such a list, or a document without its items. */
  readonly kind: 'whole' | 'broken' | 'too-large';
  readonly bytes: Buffer;
  /** Where it starts. */
  readonly line: number;
}

export interface DocumentSplitter {
  /** False when the line is no part of the document that was open: the caller reads it anew. */
  readonly read: (line: RawLine) => Generator<JsonPiece, boolean>;
  /** What is still open breaks off. */
  readonly end: () => Iterable<JsonPiece>;
  readonly isOpen: () => boolean;
}

export function createDocumentSplitter(maxBytes = MAX_DOCUMENT_BYTES): DocumentSplitter {
  let state = createState(maxBytes);
  function* breakOff(rest: Buffer, line: number): Generator<JsonPiece> {
    const open = state.item ?? state.document ?? createHeld(line);
    hold(open, rest, maxBytes);
    state = createState(maxBytes);
    yield { ...pieceOf(open), kind: open.isTooLarge ? 'too-large' : 'broken' };
  }
  return {
    *read(raw) {
      if (isStranger(state, raw.bytes)) {
        yield* breakOff(EMPTY, raw.line);
        return false;
      }
      const cursor = { ...raw, kept: 0 };
      if (!(yield* scanLine(state, cursor))) yield* breakOff(raw.bytes.subarray(cursor.kept), raw.line);
      return true;
    },
    *end() {
      if (state.document !== null) yield* breakOff(EMPTY, 0);
    },
    isOpen: () => state.document !== null,
  };
}

/** The bytes of a piece that is still open. */
interface Held {
  readonly line: number;
  pieces: Buffer[];
  size: number;
  isTooLarge: boolean;
}

interface State {
  readonly maxBytes: number;
  /** The brackets that are still to come, innermost last. */
  readonly closers: number[];
  /** How many brackets lie around the items to cut out; 0 outside of such a list. */
  listDepth: number;
  lastKey: string;
  document: Held | null;
  item: Held | null;
}

interface Cursor {
  readonly bytes: Buffer;
  readonly line: number;
  /** What lies before it is told or held. */
  kept: number;
}

const EMPTY = Buffer.alloc(0);
const NEWLINE = Buffer.from('\n');
const QUOTE = 0x22;
const OBJECT = 0x7b;
const LIST = 0x5b;
const OBJECT_END = 0x7d;

/** By byte: blank or comma, then what else JSON may hold outside of strings and brackets. */
const GAP = tabulate(' \t\r\n,');
const PLAIN = tabulate(' \t\r\n,:0123456789-+.eEtrufalsn');

function tabulate(marks: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of Buffer.from(marks)) table[byte] = 1;
  return table;
}

function createState(maxBytes: number): State {
  return { maxBytes, closers: [], listDepth: 0, lastKey: '', document: null, item: null };
}

function createHeld(line: number): Held {
  return { line, pieces: [], size: 0, isTooLarge: false };
}

function hold(held: Held, bytes: Buffer, maxBytes: number): void {
  if (held.isTooLarge || bytes.length === 0) return;
  held.pieces.push(bytes);
  held.size += bytes.length;
  held.isTooLarge = held.size > maxBytes;
  if (held.isTooLarge) held.pieces = [Buffer.from(Buffer.concat(held.pieces, HEAD_BYTES))];
}

function pieceOf({ pieces, line, isTooLarge }: Held): JsonPiece {
  return { kind: isTooLarge ? 'too-large' : 'whole', bytes: Buffer.concat(pieces), line };
}

/**
 * A line that cannot go on with the open document: it starts with what JSON does not hold, or with a brace that
 * stands in no list of records, as no printer puts it.
 */
function isStranger({ closers, listDepth, item, document }: State, bytes: Buffer): boolean {
  if (document === null) return false;
  if (bytes[0] === OBJECT) return item !== null || closers.length !== listDepth;
  const first = skipTable(PLAIN, bytes, 0);
  return first < bytes.length && !isStructural(bytes[first]);
}

function isStructural(byte: number | undefined): boolean {
  return byte === QUOTE || byte === OBJECT || byte === LIST || byte === OBJECT_END || byte === LIST + 2;
}

function skipTable(table: Uint8Array, bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && table[bytes[at] ?? 0] === 1) at += 1;
  return at;
}

/** False when the line breaks the document, or holds what is none. */
function* scanLine(state: State, cursor: Cursor): Generator<JsonPiece, boolean> {
  const { bytes } = cursor;
  for (let at = skipPlain(state, bytes, 0); at < bytes.length; at = skipPlain(state, bytes, at)) {
    const byte = bytes[at];
    if (byte === QUOTE) at = readString(state, bytes, at);
    else if (byte === OBJECT || byte === LIST) at = openBracket(state, cursor, at);
    else if (byte !== state.closers.pop()) return false;
    else {
      at += 1;
      const piece = closeBracket(state, cursor, at);
      if (piece !== null) yield piece;
    }
    if (at === -1) return false;
  }
  holdRest(state, cursor, bytes.length);
  return true;
}

function skipPlain({ closers }: State, bytes: Buffer, from: number): number {
  return skipTable(closers.length === 0 ? GAP : PLAIN, bytes, from);
}

/** Past the string; -1 when it does not end on its line, as every JSON string does. */
function readString(state: State, bytes: Buffer, from: number): number {
  const { closers } = state;
  if (closers.length === 0) return -1;
  for (let quote = bytes.indexOf(QUOTE, from + 1); quote !== -1; quote = bytes.indexOf(QUOTE, quote + 1)) {
    let before = quote - 1;
    while (bytes[before] === 0x5c) before -= 1;
    if ((quote - before) % 2 === 0) continue;
    const isShortKey = closers.length === 1 && quote - from - 1 <= LONGEST_LIST;
    state.lastKey = isShortKey ? bytes.toString('latin1', from + 1, quote) : '';
    return quote + 1;
  }
  return -1;
}

/** Past the bracket; -1 when it is one too many. */
function openBracket(state: State, cursor: Cursor, at: number): number {
  const { closers } = state;
  if (closers.length === MAX_DEPTH) return -1;
  if (state.document === null) {
    state.document = createHeld(cursor.line);
    cursor.kept = at;
  } else if (state.item === null && closers.length === state.listDepth) {
    holdRest(state, cursor, at);
    state.item = createHeld(cursor.line);
  }
  const isObject = cursor.bytes[at] === OBJECT;
  const opensList =
    closers.length === 0 || (closers.length === 1 && closers[0] === OBJECT_END && LISTS.has(state.lastKey));
  closers.push(isObject ? OBJECT_END : LIST + 2);
  if (!isObject && opensList) state.listDepth = closers.length;
  return at + 1;
}

/** The piece that ends with the bracket before `at`, if one does. */
function closeBracket(state: State, cursor: Cursor, at: number): JsonPiece | null {
  const { closers, item, document } = state;
  if (item !== null && closers.length === state.listDepth) {
    holdRest(state, cursor, at);
    state.item = null;
    return pieceOf(item);
  }
  if (closers.length < state.listDepth) state.listDepth = 0;
  if (closers.length > 0 || document === null) return null;
  holdRest(state, cursor, at);
  state.document = null;
  return pieceOf(document);
}

/** Keeps the bytes up to `end`, but for the commas and blanks between the items that are cut out. */
function holdRest(state: State, cursor: Cursor, end: number): void {
  const { item, document, closers, listDepth } = state;
  const open = item ?? document;
  const rest = cursor.bytes.subarray(cursor.kept, end);
  cursor.kept = end;
  if (open === null) return;
  const isBetweenItems = item === null && closers.length > 0 && closers.length === listDepth;
  if (isBetweenItems && skipTable(GAP, rest, 0) === rest.length) return;
  hold(open, rest, state.maxBytes);
  if (end === cursor.bytes.length) hold(open, NEWLINE, state.maxBytes);
}
