/** `keyholder history`: who held what on a cluster on a date, as far as earlier audits remember. */
import { Option } from 'commander';
import { KeyholderError } from '../shared/errors.ts';
import { tellHistory } from '../shared/pipeline/history.ts';
import { ANSWER_FORMATS, type AnswerFormat } from '../shared/pipeline/tell-answer.ts';
import { tellClusterHistory } from '../shared/pipeline/tell-history.ts';
import { deliverAnswer } from './answer-output.ts';
import type { AddCommand } from './command.ts';
import { addMemoryOptions, type MemoryOptions, openMemory } from './memory.ts';
import { addAnswerOptions, parseTime, type ReportOptions, resolveNow } from './report-options.ts';
import type { World } from './world.ts';

interface HistoryOptions extends ReportOptions<AnswerFormat>, MemoryOptions {
  readonly cluster?: string;
  readonly at?: string;
}

const EXAMPLES = `
Examples:
  keyholder audit --evidence evidence --state state     each audit adds to what the folder remembers
  keyholder history --cluster payments --at 2026-10-01 --state state
  keyholder history --cluster payments --at 2026-10-01T12:00:00Z --table keyholder --table-region eu-central-1

A day stands for its first moment in UTC. What was never seen is not called empty: the answer says from when on we can
see, and what may have been made or ended between two audits is listed as such.`;

export const addHistory: AddCommand = (program, { world, finish }) => {
  const command = program.command('history').summary('who held what on a date');
  command
    .description('List who held what on a cluster on a date, through which grant, and given by whom.')
    .option('--cluster <name>', 'the cluster, by name or ARN')
    .addOption(new Option('--at <time>', 'the date, as ISO').argParser(parseTime('--at')));
  addMemoryOptions(addAnswerOptions(command, ANSWER_FORMATS))
    .addHelpText('after', EXAMPLES)
    .action(async (options: HistoryOptions) => finish(await runHistory(options, world)));
};

async function runHistory(options: HistoryOptions, world: World): Promise<number> {
  const { cluster, at } = options;
  if (cluster === undefined) throw missing('--cluster NAME with the cluster to look at');
  if (at === undefined) throw missing('--at DATE with the date to look at');
  const now = resolveNow(options.now, world);
  // What is to come is not known, and what stood last would read like it.
  if (Date.parse(at) > Date.parse(now)) {
    throw new KeyholderError('usage', `expected --at not after the present, ${now}, got ${at}`);
  }
  const store = await openMemory(options, world);
  await deliverAnswer(tellClusterHistory(await tellHistory(store, { cluster, at, now })), options, world);
  return 0;
}

function missing(what: string): KeyholderError {
  return new KeyholderError('usage', `expected ${what}, got no such flag`);
}
