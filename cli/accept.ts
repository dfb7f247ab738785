/** `keyholder accept`: the lines of keyholder.yml that accept one finding until a day. */
import { tellAccepted } from '../shared/pipeline/tell-acceptance.ts';
import type { AddCommand } from './command.ts';
import { print } from './world.ts';

const EXAMPLES = `
Example:
  keyholder accept 51b8899080db39394f86e5e6f5ea7b76 --owner payments --reason "until the migration" --until 2027-01-31

Put the lines under acceptedRisks of keyholder.yml: the next audit counts the finding as accepted, every report names
who answers for it, and on that day it is open again and told of.`;

interface AcceptOptions {
  readonly owner: string;
  readonly reason: string;
  readonly until: string;
}

export const addAccept: AddCommand = (program, { world, finish }) => {
  program
    .command('accept')
    .summary('the lines that accept a finding')
    .description('Print the lines of keyholder.yml that accept a finding until a day.')
    .argument('<fingerprint>', 'of the finding, as reports and messages print it')
    .requiredOption('--owner <who>', 'who answers for it')
    .requiredOption('--reason <text>', 'why it may stay')
    .requiredOption('--until <day>', 'until when, such as 2027-01-31')
    .addHelpText('after', EXAMPLES)
    .action(async (finding: string, { owner, reason, until }: AcceptOptions) => {
      const text = tellAccepted({ finding, owner, reason, expires: until, now: world.clock.now() });
      await print(world.stdout, text);
      finish(0);
    });
};
