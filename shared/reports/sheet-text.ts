/** A sheet into calm text for a terminal. */
import { escapeText } from './escape.ts';
import { cut, measure, pad, wrap, wrapCommand } from './layout.ts';
import { createPaint, type Page, type Style } from './page.ts';
import type { Block, Section, Sheet } from './sheet.ts';

export interface SheetTextOptions {
  readonly colour: boolean;
  /** Columns of the terminal; kept between 72 and 100. */
  readonly width: number;
  /** Where the answer lies, when it was written to files as well. */
  readonly files?: readonly string[];
}

const TONES: Readonly<Record<Sheet['tone'], Style>> = { good: 'blue', bad: 'red', doubtful: 'yellow' };
/** A section whose marks are longer puts each on a line of its own. */
const MARK_WIDTH = 14;
const MOST_LINES = 12;
/** What is to be pasted is of no use when its end is missing. */
const MOST_PASTED_LINES = 200;

export function renderSheetText(sheet: Sheet, options: SheetTextOptions): string {
  const page: Page = { width: Math.min(100, Math.max(72, options.width)), paint: createPaint(options.colour) };
  const title = wrap(sheet.title, { width: page.width, indent: '', mostLines: MOST_LINES });
  const lines = [
    ...title.map((line) => page.paint(TONES[sheet.tone], line)),
    ...sheet.lead.flatMap((text) => renderParagraph(text, page, '')),
    ...sheet.sections.flatMap((section) => renderSection(section, page)),
    ...renderSection({ title: 'Written', blocks: (options.files ?? []).map((text) => ({ kind: 'text', text })) }, page),
  ];
  return `${lines.join('\n')}\n`;
}

function renderSection({ title, blocks }: Section, page: Page): readonly string[] {
  if (blocks.length === 0) return [];
  const longest = Math.max(0, ...blocks.map((block) => (block.kind === 'item' ? measure(block.mark) : 0)));
  const column = longest <= MARK_WIDTH ? longest : null;
  return [
    '',
    page.paint('bold', cut(title, page.width)),
    ...blocks.flatMap((block) => renderBlock(block, column, page)),
  ];
}

function renderBlock(block: Block, column: number | null, page: Page): readonly string[] {
  switch (block.kind) {
    case 'text':
      return renderParagraph(block.text, page, '  ');
    case 'task':
      return renderTask(block.text, page);
    case 'commands':
      return block.commands.flatMap((command) => wrapCommand(command, page.width, '  '));
    case 'item':
      return renderItem(block, column, page);
    case 'paste':
      return block.text.split('\n').flatMap((line) => renderPasted(line, block.language, page));
  }
}

/** How a line begins that a shell is to read: it is broken as a command, not as prose. */
const COMMAND = /^(?:aws|kubectl|printf|git|rm|for|unset|[A-Z_]+=\S)/;

function renderPasted(line: string, language: string, page: Page): readonly string[] {
  const shown = escapeText(line);
  if (language !== 'text' || measure(shown) <= page.width - 2) return [shown === '' ? '' : `  ${shown}`];
  return COMMAND.test(line)
    ? wrapCommand(line, page.width, '  ')
    : wrap(line, { width: page.width, indent: '  ', mostLines: MOST_PASTED_LINES, keepsWords: true });
}

function renderParagraph(text: string, { width }: Page, indent: string): readonly string[] {
  return wrap(text, { width, indent, mostLines: MOST_LINES });
}

function renderTask(text: string, page: Page): readonly string[] {
  const [first = '', ...others] = renderParagraph(text, page, '      ');
  return [`  [ ] ${first.slice(6)}`, ...others];
}

type Item = Extract<Block, { kind: 'item' }>;

function renderItem({ mark, text, details }: Item, column: number | null, page: Page): readonly string[] {
  const indent = ' '.repeat(column === null ? 4 : column + 4);
  const [first = indent, ...others] = renderParagraph(text, page, indent);
  const head =
    column === null
      ? [`  ${page.paint('bold', cut(mark, page.width - 2))}`, first]
      : [`  ${pad(mark, column)}  ${first.slice(indent.length)}`];
  const small = details.flatMap((detail) => renderParagraph(detail, page, indent));
  return [...head, ...others, ...small.map((line) => page.paint('dim', line))];
}
