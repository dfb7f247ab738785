/** Gathers the bytes of one JSON piece, over as many lines as it takes, up to a limit. */

/** What is kept of a piece that is too large. */
const HEAD_BYTES = 512;

export interface JsonPiece {
  /** `whole`: an item of a list of records, or a document without its items. */
  readonly kind: 'whole' | 'broken' | 'too-large';
  readonly bytes: Buffer;
  /** Where it starts. */
  readonly line: number;
}

/** A piece that is still open. */
export interface Held {
  readonly line: number;
  pieces: Buffer[];
  size: number;
  isTooLarge: boolean;
}

export function createHeld(line: number): Held {
  return { line, pieces: [], size: 0, isTooLarge: false };
}

export function hold(held: Held, bytes: Buffer, maxBytes: number): void {
  if (held.isTooLarge || bytes.length === 0) return;
  held.pieces.push(bytes);
  held.size += bytes.length;
  held.isTooLarge = held.size > maxBytes;
  // A copy, so that the head does not keep the chunk it came with.
  if (held.isTooLarge) held.pieces = [Buffer.concat(held.pieces, Math.min(held.size, HEAD_BYTES))];
}

export function toPiece({ pieces, line, isTooLarge }: Held, kind: 'whole' | 'broken' = 'whole'): JsonPiece {
  const [only] = pieces;
  const bytes = only !== undefined && pieces.length === 1 ? only : Buffer.concat(pieces);
  return { kind: isTooLarge ? 'too-large' : kind, bytes, line };
}
