/** Turns the lines of any log file into single raw records: line by line, as CSV, or as documents over many lines. */
import { parseCsvHeader } from './csv-cells.ts';
import { type CsvReader, type CsvRow, createCsvReader } from './csv-rows.ts';
import { createDocumentSplitter, type DocumentSplitter } from './json-documents.ts';
import type { JsonPiece } from './json-pieces.ts';
import { decodeLine, type RawLine } from './lines.ts';
import type { Origin } from './origin.ts';
import { parseJson } from './parse-json.ts';
import { type Found, unwrapText, unwrapValue } from './unwrap.ts';

/** A line up to this size is parsed in one; a log event is no larger. Above it, its records are cut out one by one. */
const MAX_WHOLE_BYTES = 2 * 1024 * 1024;

export interface RawRecord {
  readonly found: Found;
  /** True when bytes that are no UTF-8 were replaced. */
  readonly isDamaged: boolean;
}

export interface RawReader {
  readonly read: (line: RawLine) => Iterable<RawRecord>;
  readonly end: () => Iterable<RawRecord>;
  /** Whether the next line may go on with what is open, or belongs to a table. */
  readonly isOpen: () => boolean;
}

interface State {
  readonly file: string | null;
  readonly documents: DocumentSplitter;
  csv: CsvReader | null;
  /** The header of the table; a file put together from several repeats it. */
  header: string;
  isFirst: boolean;
}

export function createRawReader(options: {
  readonly file: string | null;
  readonly maxDocumentBytes?: number;
}): RawReader {
  const documents = createDocumentSplitter(options.maxDocumentBytes);
  const state: State = { file: options.file, documents, csv: null, header: '', isFirst: true };
  return {
    read: (line) => readLine(state, line),
    *end() {
      for (const piece of documents.end()) yield* readPiece(state, piece);
      for (const row of state.csv?.end() ?? []) yield* mark(readRow(state, row), false);
    },
    isOpen: () => state.csv !== null || documents.isOpen(),
  };
}

function* readLine(state: State, raw: RawLine): Iterable<RawRecord> {
  const { bytes, line, problem } = raw;
  if (problem !== null) {
    const { text } = decodeLine(bytes.subarray(0, 512));
    yield {
      found: { kind: 'unknown', reason: problem, sample: text, origin: originAt(state, line) },
      isDamaged: false,
    };
    return;
  }
  if (state.documents.isOpen()) {
    const { pieces, isPart } = state.documents.read(raw);
    for (const piece of pieces) yield* readPiece(state, piece);
    if (isPart) return;
  }
  const first = firstMark(bytes);
  if (first === -1) return;
  const isJson = first === 0x7b || first === 0x5b;
  if (!isJson || state.csv?.isOpen()) yield* readText(state, raw);
  else if (bytes.length > MAX_WHOLE_BYTES) yield* readDocument(state, raw);
  else {
    const { text, isValid } = decodeLine(bytes);
    const value = parseJson(text);
    if (value === undefined) yield* readDocument(state, raw);
    else yield* mark(unwrapValue(value, originAt(state, line)), !isValid);
  }
  state.isFirst = false;
}

function* readText(state: State, { bytes, line }: RawLine): Iterable<RawRecord> {
  const { text, isValid } = decodeLine(bytes);
  if (state.isFirst) {
    const columns = parseCsvHeader(text);
    if (columns !== null) {
      state.csv = createCsvReader(columns);
      state.header = text;
      return;
    }
  }
  if (state.csv === null) yield* mark(unwrapText(text, originAt(state, line)), !isValid);
  else for (const row of state.csv.read(text, line)) yield* mark(readRow(state, row), !isValid);
}

function* readRow(state: State, { value, text, line }: CsvRow): Iterable<Found> {
  if (text === state.header) return;
  const origin = originAt(state, line);
  yield* value === null ? unwrapText(text, origin) : unwrapValue(value, origin);
}

/** For a line that is read anew, or opens a document: it cannot be a stranger to one. */
function* readDocument(state: State, raw: RawLine): Iterable<RawRecord> {
  for (const piece of state.documents.read(raw).pieces) yield* readPiece(state, piece);
}

function* readPiece(state: State, { kind, bytes, line }: JsonPiece): Iterable<RawRecord> {
  const origin = originAt(state, line);
  const { text, isValid } = decodeLine(bytes);
  const value = kind === 'whole' ? parseJson(text) : undefined;
  if (value !== undefined) yield* mark(unwrapValue(value, origin), !isValid);
  else if (kind === 'too-large') {
    yield {
      found: { kind: 'unknown', reason: 'JSON document larger than the limit', sample: text, origin },
      isDamaged: false,
    };
  } else yield { found: { kind: 'fragment', text: text.trim(), origin }, isDamaged: !isValid };
}

function* mark(records: Iterable<Found>, isDamaged: boolean): Iterable<RawRecord> {
  for (const found of records) yield { found, isDamaged };
}

function originAt({ file }: State, line: number): Origin {
  return { file, line, id: null, at: null, stream: null };
}

/** The first byte that is no blank; -1 when there is none. */
function firstMark(bytes: Buffer): number {
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return byte;
  }
  return -1;
}
