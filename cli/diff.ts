/** `keyholder diff`: what changed between two dates, and who changed it, as far as earlier audits remember. */
import { Option } from 'commander';
import { KeyholderError } from '../shared/errors.ts';
import { tellDiff } from '../shared/pipeline/history.ts';
import { ANSWER_FORMATS, type AnswerFormat } from '../shared/pipeline/tell-answer.ts';
import { tellEstateDiff } from '../shared/pipeline/tell-history.ts';
import { deliverAnswer } from './answer-output.ts';
import type { AddCommand } from './command.ts';
import { addMemoryOptions, type MemoryOptions, openMemory } from './memory.ts';
import { addAnswerOptions, parseTime, type ReportOptions, resolveNow } from './report-options.ts';
import type { World } from './world.ts';

interface DiffOptions extends ReportOptions<AnswerFormat>, MemoryOptions {
  readonly cluster?: string;
  readonly from?: string;
  readonly to?: string;
}

const EXAMPLES = `
Examples:
  keyholder diff --from 2026-10-01 --to 2026-11-01 --state state
  keyholder diff --from 2026-10-01 --state state --cluster payments --format markdown

Without --to up to now. What no record shows the moment of stands with the two audits that it happened between.`;

export const addDiff: AddCommand = (program, { world, finish }) => {
  const command = program.command('diff').summary('what changed between two dates, and by whom');
  command
    .description('List which grants and findings came and went between two dates, and by whom.')
    .addOption(new Option('--from <time>', 'after this date, as ISO').argParser(parseTime('--from')))
    .addOption(new Option('--to <time>', 'up to this date, as ISO (now, unless given)').argParser(parseTime('--to')))
    .option('--cluster <name>', 'this cluster alone, by name or ARN');
  addMemoryOptions(addAnswerOptions(command, ANSWER_FORMATS))
    .addHelpText('after', EXAMPLES)
    .action(async (options: DiffOptions) => finish(await runDiff(options, world)));
};

async function runDiff(options: DiffOptions, world: World): Promise<number> {
  const { cluster, from } = options;
  if (from === undefined) throw new KeyholderError('usage', 'expected --from DATE to begin at, got no such flag');
  const now = resolveNow(options.now, world);
  const { to = now } = options;
  if (Date.parse(to) > Date.parse(now)) {
    throw new KeyholderError('usage', `expected --to not after the present, ${now}, got ${to}`);
  }
  const store = await openMemory(options, world);
  const diff = await tellDiff(store, { cluster, from, to, now });
  await deliverAnswer(tellEstateDiff(diff), options, world);
  return 0;
}
