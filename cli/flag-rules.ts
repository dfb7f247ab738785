/** The flags of a command into those that may stand beside each other, and how often: none is given and overlooked. */
import type { Command } from 'commander';
import { KeyholderError } from '../shared/errors.ts';

const OF_LIVE_AWS: ReadonlySet<string> = new Set([
  'cluster',
  'region',
  'profile',
  'roleArn',
  'since',
  'timeout',
  'maxScanGb',
  'trailBucket',
  'evidenceBucket',
  'config',
  'state',
  'refine',
]);

/** A folder brings all that it is read with; `kept` are the flags that mean something beside it as well. */
export function partLiveFromFolder(command: Command, kept: readonly string[]): Command {
  for (const option of command.options) {
    const name = option.attributeName();
    if (!OF_LIVE_AWS.has(name) || kept.includes(name)) continue;
    option.conflicts('evidence').helpGroup('Of live AWS, instead of --evidence:');
  }
  return command;
}

const TAKEN_OFTEN: ReadonlySet<string> = new Set(['region', 'roleArn', 'breakGlass']);

/** Commander takes the last of two values without a word about the first. */
export function refuseTwice(command: Command): void {
  for (const option of command.options) {
    if (option.isBoolean() || TAKEN_OFTEN.has(option.attributeName())) continue;
    let isGiven = false;
    command.on(`option:${option.name()}`, () => {
      if (isGiven) throw new KeyholderError('usage', `expected ${option.long} once, got it twice`);
      isGiven = true;
    });
  }
}
