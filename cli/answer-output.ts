/** An answer to where the flags want it: standard output, files, or both. */
import { openDirectorySink } from '../shared/offline/directory-sink.ts';
import { ANSWER_FORMATS, type AnswerFormat, renderTold, type Told, writeTold } from '../shared/pipeline/tell-answer.ts';
import type { ReportOptions } from './report-options.ts';
import { hasColour, print, type World } from './world.ts';

/** Text to the screen unless told otherwise; --out writes all formats, or the one of --format, into a folder. */
export async function deliverAnswer(told: Told, options: ReportOptions<AnswerFormat>, world: World): Promise<void> {
  const { format, out } = options;
  const screen = { colour: hasColour(world), width: world.stdout.columns ?? 80 };
  if (out === undefined) {
    await print(world.stdout, renderTold(told, format ?? 'text', screen));
    return;
  }
  const files = await writeTold(told, format === undefined ? ANSWER_FORMATS : [format], openDirectorySink(out));
  if (format !== undefined) await print(world.stdout, `${files.join('\n')}\n`);
  else await print(world.stdout, renderTold(told, 'text', { ...screen, files }));
}
