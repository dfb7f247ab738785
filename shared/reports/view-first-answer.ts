/** A first answer into a sheet: the line, what it rests on, how shell and kubectl differ, and what would tell more. */
import type { FirstAnswer } from '../model/first-answer.ts';
import { type Block, type Sheet, textBlocks } from './sheet.ts';

export function viewFirstAnswer({ id, title, because, differences, mend, refine }: FirstAnswer): Sheet {
  return {
    title,
    tone: id === 'works' ? 'good' : id === 'not-known' ? 'doubtful' : 'bad',
    lead: because,
    sections: [
      { title: 'Shell and kubectl', blocks: textBlocks(differences) },
      { title: 'To mend it', blocks: mend.map(toBlock) },
      {
        title: 'To know more',
        blocks: refine.flatMap(({ what, cost, command }): readonly Block[] => [
          { kind: 'text', text: `${what} (${cost}):` },
          { kind: 'commands', commands: [command] },
        ]),
      },
    ],
  };
}

/** Advice is a sentence; the rest is for a shell. */
function toBlock(text: string): Block {
  return /^(?:aws|kubectl|keyholder) /.test(text) ? { kind: 'commands', commands: [text] } : { kind: 'text', text };
}
