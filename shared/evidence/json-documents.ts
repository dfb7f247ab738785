/**
 * Turns lines into the JSON documents that lie over them: pretty-printed, one after the other, or one list of any
 * size, whose items are cut out one by one so that the document itself is never held.
 */
import { createHeld, type Held, hold, type JsonPiece, toPiece } from './json-pieces.ts';
import type { RawLine } from './lines.ts';

/** An item, or a document without its items, beyond this is counted and let go. */
export const MAX_DOCUMENT_BYTES = 256 * 1024 * 1024;

/** Only the stack of brackets grows with depth; what is nested deeper than a record may be is told by its reader. */
const MAX_DEPTH = 100_000;

/**
 * Members of a document whose value is a list of records, of any length. The logEvents of a subscription are not among
 * them: they are few, and need what the payload says of their stream.
 */
const LISTS: ReadonlySet<string> = new Set(['Records', 'Events', 'events', 'results', 'items']);
const LONGEST_LIST = 7;

export interface DocumentSplitter {
  readonly read: (line: RawLine) => DocumentLine;
  /** What is still open breaks off. */
  readonly end: () => readonly JsonPiece[];
  readonly isOpen: () => boolean;
}

export interface DocumentLine {
  /** What ends on the line. */
  readonly pieces: readonly JsonPiece[];
  /** False when the line is no part of the document that was open: the caller reads it anew. */
  readonly isPart: boolean;
}

/** Most lines of a document; one object for all, as there are millions. */
const GOES_ON: DocumentLine = { pieces: [], isPart: true };

export function createDocumentSplitter(maxBytes = MAX_DOCUMENT_BYTES): DocumentSplitter {
  let state = createState(maxBytes);
  function breakOff(rest: Buffer, line: number): JsonPiece {
    const open = state.item ?? state.document ?? createHeld(line);
    hold(open, rest, maxBytes);
    state = createState(maxBytes);
    return toPiece(open, 'broken');
  }
  return {
    read({ bytes, line }) {
      if (isStranger(state, bytes)) return { pieces: [breakOff(EMPTY, line)], isPart: false };
      const cursor: Cursor = { bytes, line, kept: 0, told: null };
      const isSound = scanLine(state, cursor);
      if (!isSound) tell(cursor, breakOff(bytes.subarray(cursor.kept), line));
      return cursor.told === null ? GOES_ON : { pieces: cursor.told, isPart: true };
    },
    end: () => (state.document === null ? [] : [breakOff(EMPTY, 0)]),
    isOpen: () => state.document !== null,
  };
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
  told: JsonPiece[] | null;
}

function tell(cursor: Cursor, piece: JsonPiece): void {
  cursor.told ??= [];
  cursor.told.push(piece);
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
function scanLine(state: State, cursor: Cursor): boolean {
  const { bytes } = cursor;
  for (let at = skipPlain(state, bytes, 0); at < bytes.length; at = skipPlain(state, bytes, at)) {
    const byte = bytes[at];
    if (byte === QUOTE) at = readString(state, bytes, at);
    else if (byte === OBJECT || byte === LIST) at = openBracket(state, cursor, at);
    else if (byte !== state.closers.pop()) return false;
    else {
      at += 1;
      const piece = closeBracket(state, cursor, at);
      if (piece !== null) tell(cursor, piece);
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
    return toPiece(item);
  }
  if (closers.length < state.listDepth) state.listDepth = 0;
  if (closers.length > 0 || document === null) return null;
  holdRest(state, cursor, at);
  state.document = null;
  return toPiece(document);
}

/** Keeps the bytes up to `end`, but for the commas and blanks between the items that are cut out. */
function holdRest(state: State, cursor: Cursor, end: number): void {
  const { item, document, closers, listDepth } = state;
  const open = item ?? document;
  const isWhole = cursor.kept === 0 && end === cursor.bytes.length;
  const rest = isWhole ? cursor.bytes : cursor.bytes.subarray(cursor.kept, end);
  cursor.kept = end;
  if (open === null) return;
  const isBetweenItems = item === null && closers.length > 0 && closers.length === listDepth;
  if (isBetweenItems && skipTable(GAP, rest, 0) === rest.length) return;
  hold(open, rest, state.maxBytes);
  if (end === cursor.bytes.length) hold(open, NEWLINE, state.maxBytes);
}
