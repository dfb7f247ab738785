/** An answer as people read it: a first line, and sections of text, items and commands. Every string may be hostile. */

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  /** `mark` stands in front, `details` in small print below. */
  | { readonly kind: 'item'; readonly mark: string; readonly text: string; readonly details: readonly string[] }
  /** To be ticked off. */
  | { readonly kind: 'task'; readonly text: string }
  | { readonly kind: 'commands'; readonly commands: readonly string[] }
  /** Keeps its lines, to be pasted as a whole: a message, or code of the given language. */
  | { readonly kind: 'paste'; readonly text: string; readonly language: string };

export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export interface Sheet {
  /** The answer, in one line. */
  readonly title: string;
  readonly tone: 'good' | 'bad' | 'doubtful';
  readonly lead: readonly string[];
  /** Those without blocks are left out. */
  readonly sections: readonly Section[];
}

export function textBlocks(texts: readonly string[]): readonly Block[] {
  return texts.map((text): Block => ({ kind: 'text', text }));
}

/** The first of the rows; of more, how many, and where they are. */
export function rowBlocks<Row>(rows: readonly Row[], most: number, view: (row: Row) => Block): readonly Block[] {
  const blocks = rows.slice(0, most).map(view);
  const more = rows.length - most;
  return more > 0 ? [...blocks, ...textBlocks([`and ${more} more: --format json has them all`])] : blocks;
}

export function commandBlocks(commands: readonly string[]): readonly Block[] {
  return commands.length === 0 ? [] : [{ kind: 'commands', commands }];
}
