/** One way back in into a section: what it needs, what to run, what it changes, and how to be sure. */
import type { Precondition, WayBack } from '../model/recovery.ts';
import { type Block, commandBlocks, type Section, textBlocks } from './sheet.ts';

const TAGGING_DENIED = 'Where tagging is denied, in the place of the command that makes it';

/** With everything that helps while somebody carries it out. `showsScript`: the function that checks call, once on a page. */
export function viewNeeded(way: WayBack, number: number, showsScript: boolean): Section {
  const { commands, ifTaggingDenied, undo, verify, cannotUndo } = way;
  return {
    title: nameWay(way, number),
    blocks: [
      ...textBlocks([`${way.title}.`]),
      ...way.preconditions.map(viewPrecondition),
      ...titled('Run', commandBlocks(commands)),
      ...titled(TAGGING_DENIED, commandBlocks(ifTaggingDenied)),
      ...textBlocks([`Changes: ${way.changes}`, `Opens: ${way.opens}.`, `Risk: ${way.risk}`]),
      ...titled('Check', checkBlocks(verify, showsScript)),
      ...titled('Undo', commandBlocks(undo)),
      ...textBlocks(cannotUndo === null ? [] : [`Cannot be undone: ${cannotUndo}`]),
      ...listMessages(way.preconditions),
    ],
  };
}

/** Shorter: it is read when the first way has failed. Its messages stand in the JSON. */
export function viewFallback(way: WayBack, number: number, showsScript: boolean): Section {
  const { commands, ifTaggingDenied, undo, verify, cannotUndo } = way;
  return {
    title: nameWay(way, number),
    blocks: [
      ...textBlocks([`${way.title}.`]),
      ...way.preconditions.map(
        ({ what, answer, because }): Block => ({ ...item(answer, what), details: [`${because}.`] }),
      ),
      ...titled('Run', commandBlocks(commands)),
      ...titled(TAGGING_DENIED, commandBlocks(ifTaggingDenied)),
      ...textBlocks([`Changes: ${way.changes}`, `Risk: ${way.risk}`]),
      ...titled('Check', checkBlocks(verify, showsScript)),
      ...titled('Undo', commandBlocks(undo)),
      ...textBlocks(cannotUndo === null ? [] : [`Cannot be undone: ${cannotUndo}`]),
    ],
  };
}

/** A word of others holds no line break in a command, so only what we wrote has several lines. */
export function isScript(command: string): boolean {
  return command.includes('\n');
}

function checkBlocks(verify: readonly string[], showsScript: boolean): readonly Block[] {
  const scripts = showsScript ? verify.filter(isScript) : [];
  return [
    ...scripts.map((text): Block => ({ kind: 'paste', text, language: 'sh' })),
    ...commandBlocks(verify.filter((check) => !isScript(check))),
  ];
}

function nameWay({ harm, reversible }: WayBack, number: number): string {
  return `Way ${number}: ${reversible ? 'can be undone' : 'cannot be undone'}, harm ${harm} of 100`;
}

function item(mark: string, text: string): Extract<Block, { kind: 'item' }> {
  return { kind: 'item', mark, text, details: [] };
}

function titled(title: string, blocks: readonly Block[]): readonly Block[] {
  return blocks.length === 0 ? [] : [...textBlocks([`${title}:`]), ...blocks];
}

function viewPrecondition({ what, answer, because, ifTried, ifDenied, next }: Precondition): Block {
  return {
    ...item(answer, what),
    details: [
      `${because}.`,
      ...(ifTried === null ? [] : [`If you try: ${ifTried}`]),
      ...(ifDenied === null ? [] : [`If it is denied: ${ifDenied}`]),
      ...(next === null ? [] : [`If it does not hold: ${next}`]),
    ],
  };
}

/** Each once, in the order of what they are needed for. */
function listMessages(preconditions: readonly Precondition[]): readonly Block[] {
  const open = preconditions.filter(({ answer, message }) => answer === 'unknown' && message !== null);
  const messages = new Map(open.map(({ message, what }) => [message ?? '', what]));
  return [...messages].flatMap(([text, what]) => [
    ...textBlocks([`To paste, where this does not hold: ${what}`]),
    { kind: 'paste', text, language: 'text' } as const,
  ]);
}
