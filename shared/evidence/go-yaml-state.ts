/** What the YAML scanner knows at one moment: where it is, what is open, what it found, and why it gave up. */
import { Cursor } from './go-yaml-cursor.ts';
import { Nesting } from './go-yaml-nesting.ts';
import type { Refused } from './go-yaml-text.ts';

export interface LaidOutScalar {
  readonly value: string;
  readonly isPlain: boolean;
  readonly end: number;
}

/** go-yaml allows 10,000; deeper than this no aws-auth means anything, and the parsers behind us recurse. */
const MAX_DEPTH = 200;

export class ScanState {
  readonly cursor: Cursor;
  readonly nesting = new Nesting();
  /** By the offset at which they start. */
  readonly scalars = new Map<number, LaidOutScalar>();
  keyAllowed = true;
  /** Where the last token ended. */
  tokenEnd = 0;
  /** Start of an anchor that has plain text right behind it. */
  glued: number | null = null;
  /** Column of the last `?` in a block, until its `:` comes. */
  question: number | null = null;
  /** Some token of the document was met. */
  isTouched = false;
  /** The root is a block collection, or a complete node. */
  isRooted = false;
  /** Beyond the root only what the scanner refuses counts: go-yaml's parser never gets there. */
  inTail = false;
  refusal: Refused | null = null;

  constructor(text: string) {
    this.cursor = new Cursor(text);
  }

  refuse(refused: string, at = this.cursor.at): void {
    this.refusal ??= { refused, at };
  }

  /** What go-yaml's parser, not its scanner, refuses. */
  misplace(refused: string): void {
    if (!this.inTail) this.refuse(refused);
  }

  /** A node, or what belongs to it, begins here. */
  startNode(): void {
    const { inFlow, level } = this.nesting;
    if (inFlow && level.isComplete) this.misplace("did not find expected ',' or closing bracket");
    this.isTouched = true;
  }

  /** What begins here may turn out to be a key. */
  startKey(): void {
    this.startNode();
    if (this.keyAllowed && !this.nesting.saveKey(this.cursor)) this.refuse("could not find expected ':'");
    this.keyAllowed = false;
  }

  dropKey(): void {
    if (!this.nesting.dropKey()) this.refuse("could not find expected ':'");
  }

  completeNode(): void {
    this.nesting.level.isComplete = true;
    if (!this.nesting.inFlow) this.isRooted = true;
  }

  /** Opens a block collection at the column unless one is open there; true when it did. */
  roll(column: number): boolean {
    const hasOpened = this.nesting.roll(column);
    if (hasOpened) this.isRooted = true;
    this.limitDepth();
    return hasOpened;
  }

  limitDepth(): void {
    if (this.nesting.depth > MAX_DEPTH) this.refuse(`nested deeper than ${MAX_DEPTH} levels`);
  }
}
