/** `keyholder watch`: the subscriptions that send what clusters log about access on its way to an alert. */
import { KeyholderError } from '../shared/errors.ts';
import type { LogSubscriptions } from '../shared/live-ports.ts';
import { VERSION } from '../shared/pipeline/version.ts';
import { watchLogs } from '../shared/pipeline/watch-logs.ts';
import type { AddCommand } from './command.ts';
import { print, type World } from './world.ts';

interface WatchOptions {
  readonly function?: string;
  readonly breakGlass?: string[];
  readonly profile?: string;
}

const EXAMPLES = `
Examples:
  keyholder watch --function arn:aws:lambda:eu-central-1:111122223333:function:keyholder-alert-on-log-batch

For every cluster of the function's account and region. It needs logs:DescribeLogGroups, logs:DescribeSubscriptionFilters
and logs:PutSubscriptionFilter, takes no slot from others, and does nothing the second time. The exit code is 1 when
something is not watched.`;

export const addWatch: AddCommand = (program, { world, finish }) => {
  program
    .command('watch')
    .summary('send what clusters log about access on its way to an alert')
    .description('Attach the log groups of clusters to the function that forwards what matters.')
    .option('--function <arn>', 'keyholder-alert-on-log-batch of the account and region')
    .option('--break-glass <arn...>', 'principals for emergencies, whose logins are told at once')
    .option('--profile <name>', 'profile of the AWS configuration')
    .addHelpText('after', EXAMPLES)
    .action(async (options: WatchOptions) => finish(await runWatch(options, world)));
};

async function runWatch(options: WatchOptions, world: World): Promise<number> {
  const functionArn = options.function ?? '';
  const region = /^arn:[^:]+:lambda:([^:]+):\d{12}:function:[^:]+$/.exec(functionArn)?.[1];
  if (region === undefined)
    throw new KeyholderError(
      'usage',
      `expected the ARN of a function for --function, got ${options.function === undefined ? 'no such flag' : JSON.stringify(options.function)}`,
    );
  const { breakGlass = [] } = options;
  const stranger = breakGlass.find((arn) => !/^arn:[a-z-]+:iam::\d{12}:(?:role|user)\/\S+$/.test(arn));
  if (stranger !== undefined) {
    throw new KeyholderError(
      'usage',
      `expected ARNs of roles or users for --break-glass, got ${JSON.stringify(stranger)}`,
    );
  }
  const logs = await openLogs(region, options, world);
  const watched = await watchLogs(logs, { functionArn, breakGlassArns: breakGlass });
  const lines = watched.map(({ logGroup, attached, lack }) => {
    const stands = attached.length === 0 ? 'nothing' : attached.join(', ');
    return `${logGroup}: ${stands}${lack === null ? '' : ` (${lack})`}\n`;
  });
  await print(world.stdout, lines.length === 0 ? `no log group of a cluster in ${region}\n` : lines.join(''));
  return watched.some(({ lack }) => lack !== null) ? 1 : 0;
}

async function openLogs(region: string, { profile }: WatchOptions, world: World): Promise<LogSubscriptions> {
  if (world.openSubscriptions !== undefined) return world.openSubscriptions(region);
  const [{ createAwsAccess }, { openSubscriptions }] = await Promise.all([
    import('../shared/aws/access.ts'),
    import('../shared/aws/subscriptions.ts'),
  ]);
  const endpoint = world.aws.endpoint ?? undefined;
  return openSubscriptions(createAwsAccess({ region, version: VERSION, profile, endpoint }), region);
}
