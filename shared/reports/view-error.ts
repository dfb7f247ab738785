/** What an error means into a sheet: cause, checks and mend of each error that its text holds. */
import type { ErrorAnswer } from '../model/explanation.ts';
import { commandBlocks, type Section, type Sheet, textBlocks } from './sheet.ts';

export function viewErrors(answers: readonly ErrorAnswer[]): Sheet {
  const [first, ...others] = answers;
  return {
    title: `${first?.title ?? ''}.`,
    tone: first?.id === 'not-known' ? 'doubtful' : 'bad',
    lead: first === undefined ? [] : [first.cause],
    sections: [
      ...(first === undefined ? [] : viewAnswer(first)),
      ...others.flatMap((answer): readonly Section[] => [
        { title: `Also: ${answer.title}`, blocks: textBlocks([answer.cause]) },
        ...viewAnswer(answer),
      ]),
    ],
  };
}

function viewAnswer({ checks, mend, commands }: ErrorAnswer): readonly Section[] {
  return [
    { title: 'Look first', blocks: commandBlocks(checks) },
    { title: 'To mend it', blocks: [...textBlocks([mend]), ...commandBlocks(commands)] },
  ];
}
