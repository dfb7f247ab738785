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
}

export interface LineSplitter {
  readonly push: (chunk: Uint8Array) => Iterable<RawLine>;
  /** The last line, when the input does not end in a line end. */
  readonly end: () => Iterable<RawLine>;
}

interface Held {
  pieces: Buffer[];
  size: number;
  isTooLong: boolean;
}

/** Holds no more than one line. The lines of a chunk are views into it, never copies. */
export function createLineSplitter(options: LineOptions = {}): LineSplitter {
  const limit = options.maxLineBytes ?? MAX_LINE_BYTES;
  let line = 0;
  let isUtf16 = false;
  let held: Held = { pieces: [], size: 0, isTooLong: false };

  function hold(piece: Buffer): void {
    if (piece.length === 0) return;
    held.size += piece.length;
    if (held.size > limit) {
      // A copy, so that a long line does not keep its chunks in memory.
      if (!held.isTooLong) held.pieces = [Buffer.concat([...held.pieces, piece], Math.min(held.size, HEAD_BYTES))];
      held.isTooLong = true;
      return;
    }
    held.pieces.push(piece);
  }

  function finish(piece: Buffer): RawLine {
    hold(piece);
    const [only = EMPTY] = held.pieces;
    const whole = held.pieces.length > 1 ? Buffer.concat(held.pieces) : only;
    const { isTooLong } = held;
    held = { pieces: [], size: 0, isTooLong: false };
    line += 1;
    if (line === 1) isUtf16 = startsWithUtf16Mark(whole);
    const bytes = withoutEnd(line === 1 ? withoutMark(whole) : whole);
    if (isUtf16) return { line, bytes, problem: 'UTF-16 text, expected UTF-8' };
    return { line, bytes, problem: isTooLong ? 'line longer than the limit' : null };
  }

  return {
    *push(chunk) {
      const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      let start = 0;
      for (let end = buffer.indexOf(0x0a); end !== -1; end = buffer.indexOf(0x0a, start)) {
        yield finish(buffer.subarray(start, end));
        start = end + 1;
      }
      hold(buffer.subarray(start));
    },
    *end() {
      if (held.size > 0) yield finish(EMPTY);
    },
  };
}

const EMPTY = Buffer.alloc(0);

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
