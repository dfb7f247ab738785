/** Turns a stream of bytes into lines: raw bytes with their number, so that a caller can search before it decodes. */
import { isUtf8 } from 'node:buffer';

/** No log event and no CloudTrail file comes near it; a longer line is counted, not held. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** What is kept of a line that is too long, to show what it was. */
const HEAD_BYTES = 512;

export type LineProblem = 'line longer than the limit' | 'UTF-16 text, expected UTF-8';

export interface RawLine {
  /** Counts from 1. */
  readonly line: number;
  /** Without its end and without a byte order mark; only the head of the line when it is too long. */
  readonly bytes: Buffer;
  readonly problem: LineProblem | null;
}

export interface LineOptions {
  readonly maxLineBytes?: number;
  /** Where the whole line that starts at `from` ends, if nobody needs it: it is counted and not given. Else -1. */
  readonly findUnneeded?: (bytes: Buffer, from: number) => number;
}

export interface LineSplitter {
  readonly push: (chunk: Uint8Array) => Iterable<RawLine>;
  /** The last line, when the input does not end in a line end. */
  readonly end: () => Iterable<RawLine>;
  /** How many lines were not given, as nobody needs them. */
  readonly countUnneeded: () => number;
}

/** Holds no more than one line. The lines of a chunk are views into it, never copies. */
export function createLineSplitter(options: LineOptions = {}): LineSplitter {
  const { maxLineBytes: limit = MAX_LINE_BYTES, findUnneeded = () => -1 } = options;
  const held = createHolder(limit);
  let line = 0;
  let unneeded = 0;
  let isUtf16 = false;

  function finish(piece: Buffer): RawLine {
    const { whole, isTooLong } = held.take(piece);
    line += 1;
    if (line === 1) isUtf16 = startsWithUtf16Mark(whole);
    const bytes = withoutEnd(line === 1 ? withoutMark(whole) : whole);
    if (isUtf16) return { line, bytes, problem: 'UTF-16 text, expected UTF-8' };
    return { line, bytes, problem: isTooLong ? 'line longer than the limit' : null };
  }

  return {
    *push(chunk) {
      const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const last = buffer.lastIndexOf(NEWLINE);
      let start = 0;
      while (start <= last) {
        let end = held.isEmpty() && !isUtf16 ? findUnneeded(buffer, start) : -1;
        if (end === -1 || end - start > limit) {
          end = buffer.indexOf(NEWLINE, start);
          yield finish(buffer.subarray(start, end));
        } else {
          line += 1;
          unneeded += 1;
        }
        start = end + 1;
      }
      held.add(buffer.subarray(start));
    },
    *end() {
      if (!held.isEmpty()) yield finish(EMPTY);
    },
    countUnneeded: () => unneeded,
  };
}

/** The pieces of a line that lies over several chunks; of one that is too long, its head. */
function createHolder(limit: number) {
  let pieces: Buffer[] = [];
  let size = 0;
  const add = (piece: Buffer): void => {
    if (piece.length === 0) return;
    const wasTooLong = size > limit;
    size += piece.length;
    if (size <= limit) pieces.push(piece);
    // A copy, so that a long line does not keep its chunks in memory.
    else if (!wasTooLong) pieces = [Buffer.concat([...pieces, piece], Math.min(size, HEAD_BYTES))];
  };
  return {
    add,
    isEmpty: () => size === 0,
    /** What was held, with its last piece. */
    take: (last: Buffer): { readonly whole: Buffer; readonly isTooLong: boolean } => {
      add(last);
      const [only = EMPTY] = pieces;
      const taken = { whole: pieces.length > 1 ? Buffer.concat(pieces) : only, isTooLong: size > limit };
      pieces = [];
      size = 0;
      return taken;
    },
  };
}

const EMPTY = Buffer.alloc(0);
const NEWLINE = 0x0a;

/** Every line of the stream, in order. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>, options?: LineOptions): AsyncIterable<RawLine> {
  const splitter = createLineSplitter(options);
  for await (const chunk of chunks) for (const line of splitter.push(chunk)) yield line;
  for (const line of splitter.end()) yield line;
}

export interface DecodedLine {
  /** Bytes that are no UTF-8 became U+FFFD. */
  readonly text: string;
  readonly isValid: boolean;
}

export function decodeLine(bytes: Buffer): DecodedLine {
  const text = bytes.toString('utf8');
  // Only a text that holds the replacement character can have come from broken bytes.
  return { text, isValid: !text.includes('\uFFFD') || isUtf8(bytes) };
}

function withoutEnd(bytes: Buffer): Buffer {
  return bytes[bytes.length - 1] === 0x0d ? bytes.subarray(0, -1) : bytes;
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function startsWithUtf16Mark(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}
