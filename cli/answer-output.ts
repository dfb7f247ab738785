/** An answer to where the flags want it. */
import { ANSWER_FORMATS, type AnswerFormat, renderTold, type Told, writeTold } from '../shared/pipeline/tell-answer.ts';
import { deliver } from './deliver.ts';
import type { ReportOptions } from './report-options.ts';
import type { World } from './world.ts';

export function deliverAnswer(told: Told, options: ReportOptions<AnswerFormat>, world: World): Promise<void> {
  return deliver<AnswerFormat>(
    {
      formats: ANSWER_FORMATS,
      render: (format, screen) => renderTold(told, format, screen),
      write: (formats, sink) => writeTold(told, formats, sink),
    },
    options,
    world,
  );
}
