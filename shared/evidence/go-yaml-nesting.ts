/** Keeps which collections are open while YAML is scanned, and where a mapping key without `?` may have begun. */

/** Where a key may have begun; a required one must turn out to be one. */
interface KeyStart {
  readonly at: number;
  readonly line: number;
  readonly column: number;
  readonly isRequired: boolean;
}

interface Place {
  readonly at: number;
  readonly line: number;
  readonly column: number;
}

/** One flow collection; the outermost level stands for the block collections around them all. */
export interface Level {
  /** `[`, `{`, or empty for the block. */
  readonly bracket: string;
  key: KeyStart | null;
  /** A `?` waits for its `:`. */
  isExplicit: boolean;
  /** The item has its `:`. */
  isValued: boolean;
  /** A node was just completed. */
  isComplete: boolean;
}

const KEY_LIMIT = 1024;

function openLevel(bracket: string): Level {
  return { bracket, key: null, isExplicit: false, isValued: false, isComplete: false };
}

export class Nesting {
  level = openLevel('');
  /** A collection ended just before the current token. */
  hasUnrolled = false;
  private readonly outer: Level[] = [];
  private readonly indents: number[] = [];

  get inFlow(): boolean {
    return this.outer.length > 0;
  }

  /** Column of the innermost block collection; -1 outside of all. */
  get indent(): number {
    return this.indents.at(-1) ?? -1;
  }

  get depth(): number {
    return this.indents.length + this.outer.length;
  }

  openFlow(bracket: string): void {
    this.outer.push(this.level);
    this.level = openLevel(bracket);
  }

  /** False when there is none to close. */
  closeFlow(): boolean {
    const outer = this.outer.pop();
    this.level = outer ?? this.level;
    return outer !== undefined;
  }

  nextItem(): void {
    this.level = openLevel(this.level.bracket);
  }

  /** Ends the block collections that stand right of the column. */
  unroll(column: number): void {
    if (this.inFlow) return;
    this.hasUnrolled = this.indent > column;
    while (this.indent > column) this.indents.pop();
  }

  /** Opens a block collection at the column unless one is open there; true when it did. */
  roll(column: number): boolean {
    if (this.inFlow || this.indent >= column) return false;
    this.indents.push(column);
    return true;
  }

  /** False when a required key that began earlier is lost by it. */
  saveKey({ at, line, column }: Place): boolean {
    const isKept = this.dropKey();
    this.level.key = { at, line, column, isRequired: !this.inFlow && this.indent === column };
    return isKept;
  }

  /** False when the key was required. */
  dropKey(): boolean {
    const isRequired = this.level.key?.isRequired === true;
    this.level.key = null;
    return !isRequired;
  }

  /** Forgets keys whose colon did not come on their own line within the limit; false when one of them was required. */
  expireKeys(at: number, line: number): boolean {
    let isFine = true;
    for (const level of [...this.outer, this.level]) {
      if (level.key === null || (level.key.line === line && level.key.at + KEY_LIMIT >= at)) continue;
      if (level.key.isRequired) isFine = false;
      level.key = null;
    }
    return isFine;
  }

  hasKeyAt(at: number): boolean {
    return this.level.key?.at === at || this.outer.some((level) => level.key?.at === at);
  }
}
