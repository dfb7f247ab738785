/** A sheet into Markdown, to paste into a ticket. */
import { escapeMarkdown, fenceCode } from './escape.ts';
import type { Block, Section, Sheet } from './sheet.ts';

export function renderSheetMarkdown({ title, lead, sections }: Sheet): string {
  const parts = [
    `**${escapeMarkdown(title)}**`,
    ...lead.map(escapeMarkdown),
    ...sections.filter(({ blocks }) => blocks.length > 0).flatMap(renderSection),
  ];
  return `${parts.join('\n\n')}\n`;
}

function renderSection({ title, blocks }: Section): readonly string[] {
  return [`### ${escapeMarkdown(title)}`, ...joinItems(blocks)];
}

/** Items that follow each other are one list. */
function joinItems(blocks: readonly Block[]): readonly string[] {
  const parts: { readonly isItem: boolean; readonly text: string }[] = [];
  for (const block of blocks) {
    const isItem = block.kind === 'item';
    const last = parts.at(-1);
    if (isItem && last?.isItem === true)
      parts[parts.length - 1] = { isItem, text: `${last.text}\n${renderBlock(block)}` };
    else parts.push({ isItem, text: renderBlock(block) });
  }
  return parts.map(({ text }) => text);
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'text':
      return escapeMarkdown(block.text);
    case 'task':
      return `- [ ] ${escapeMarkdown(block.text)}`;
    case 'commands':
      return fenceCode(block.commands.join('\n'), 'sh');
    case 'paste':
      return fenceCode(block.text, block.language);
    case 'item': {
      const small = block.details.map((detail) => `  ${escapeMarkdown(detail)}`);
      return [`- **${escapeMarkdown(block.mark)}** ${escapeMarkdown(block.text)}`, ...small].join('  \n');
    }
  }
}
