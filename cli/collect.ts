/** `keyholder collect`: live AWS into an evidence folder, to be audited now, later or elsewhere. */
import { Option } from 'commander';
import { KeyholderError } from '../shared/errors.ts';
import type { LiveResult } from '../shared/pipeline/live-manifest.ts';
import { renderLine } from '../shared/pipeline/tell.ts';
import type { AddCommand } from './command.ts';
import { recordLive } from './live.ts';
import { addLiveOptions, type LiveOptions } from './live-options.ts';
import { parseFolder, parseNow, resolveNow } from './report-options.ts';
import { print, type World } from './world.ts';

interface CollectOptions extends LiveOptions {
  readonly out?: string;
  readonly now?: string;
}

const EXAMPLES = `
Examples:
  keyholder collect --region eu-central-1,us-east-1 --out evidence
  keyholder collect --cluster payments --region eu-central-1 --since 7d --out evidence
  keyholder audit --evidence evidence

Everything is read with the caller's credentials, or with the role of --role-arn. Nothing is changed. What could not be
read stands in manifest.json with the reason, and in every report that is made from the folder.`;

export const addCollect: AddCommand = (program, { world, finish }) => {
  const command = program.command('collect').summary('record an evidence folder from live AWS');
  addLiveOptions(command.description('Read clusters of live AWS into an evidence folder, for audit --evidence.'))
    .addOption(new Option('--out <dir>', 'the folder to make; it must be new or empty').argParser(parseFolder('--out')))
    .addOption(new Option('--now <time>', 'take this ISO time for the present').argParser(parseNow))
    .addHelpText('after', EXAMPLES)
    .action(async (options: CollectOptions) => finish(await runCollect(options, world)));
};

async function runCollect(options: CollectOptions, world: World): Promise<number> {
  if (options.out === undefined) {
    throw new KeyholderError('usage', 'expected --out DIR with the folder to make, got no such flag');
  }
  const result = await recordLive(options, { dir: options.out, now: resolveNow(options.now, world) }, world);
  await print(world.stdout, tellResult(result, options.out));
  return 0;
}

function tellResult({ scope, coverage, mends }: LiveResult, dir: string): string {
  const clusters = scope.reduce((sum, row) => sum + row.clusters, 0);
  const unread = coverage.filter(({ status }) => status !== 'complete');
  const lines = [
    `${dir}: ${clusters} ${clusters === 1 ? 'cluster' : 'clusters'} in ${scope.length} ${scope.length === 1 ? 'region' : 'regions'}`,
    ...scope
      .filter(({ status }) => status === 'denied' || status === 'unavailable')
      .map(({ account, region, status, reason }) => `not read: ${account} ${region}, ${status}: ${reason ?? ''}`),
    ...unread.map(({ source, account, region, cluster, status, reason }) => {
      const place = [account, region, cluster].filter((part) => part !== null).join('/');
      return `${status}: ${source} of ${place}: ${reason ?? ''}`;
    }),
    ...mends.map(({ mend }) => `to read more: ${mend}`),
  ];
  return [...new Set(lines)].map((line) => `${renderLine(line)}\n`).join('');
}
