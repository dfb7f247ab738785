/** The flags that say where earlier runs are remembered, into the store. */
import { type Command, Option } from 'commander';
import { KeyholderError } from '../shared/errors.ts';
import { openStateDirectory } from '../shared/offline/state-directory.ts';
import { VERSION } from '../shared/pipeline/version.ts';
import type { FindingStore } from '../shared/ports.ts';
import { parseFolder } from './report-options.ts';
import type { World } from './world.ts';

export interface MemoryOptions {
  readonly state?: string;
  readonly table?: string;
  readonly tableRegion?: string;
  readonly profile?: string;
}

export function addMemoryOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--state <dir>', 'the folder that remembers earlier audits').argParser(parseFolder('--state')),
    )
    .addOption(new Option('--table <name>', 'the DynamoDB table of the deployed Keyholder, instead of a folder'))
    .addOption(
      new Option('--table-region <region>', 'where the table is, unless AWS_REGION says so').conflicts('state'),
    )
    .addOption(new Option('--profile <name>', 'a profile of the AWS configuration, for --table').conflicts('state'));
}

/** The AWS SDK is loaded when a table is asked. */
export async function openMemory(options: MemoryOptions, { aws }: World): Promise<FindingStore> {
  const { state, table } = options;
  if ((state === undefined) === (table === undefined)) {
    const got = state === undefined ? 'neither' : 'both';
    throw new KeyholderError('usage', `expected either --state DIR or --table NAME, got ${got}`);
  }
  if (table === undefined) return openStateDirectory(state ?? '');
  const region = options.tableRegion ?? aws.region;
  if (region === null || region === '') {
    throw new KeyholderError('usage', 'expected --table-region or AWS_REGION with the region of the table, got none');
  }
  const { openTableStore } = await import('../shared/aws/findings-table.ts');
  return openTableStore({
    region,
    table,
    profile: options.profile ?? aws.profile,
    endpoint: aws.endpoint,
    version: VERSION,
  });
}
