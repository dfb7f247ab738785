/** `keyholder test-alert`: a marked message by the way that alerts take, and each hop that it came to. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Option } from 'commander';
import { KeyholderError } from '../shared/errors.ts';
import { ANSWER_FORMATS, type AnswerFormat } from '../shared/pipeline/tell-answer.ts';
import { tellAlertTest } from '../shared/pipeline/tell-test-alert.ts';
import { testAlert } from '../shared/pipeline/test-alert.ts';
import { VERSION } from '../shared/pipeline/version.ts';
import { deliverAnswer } from './answer-output.ts';
import type { AddCommand } from './command.ts';
import { addCallerOptions, type LiveOptions, parseDuration } from './live-options.ts';
import { openMemory } from './memory.ts';
import { addFormatOptions, type ReportOptions } from './report-options.ts';
import type { World } from './world.ts';

interface TestAlertOptions
  extends ReportOptions<AnswerFormat>,
    Pick<LiveOptions, 'region' | 'profile' | 'roleArn' | 'timeout'> {
  readonly account?: string;
  readonly table?: string;
  readonly tableRegion?: string;
  readonly tableProfile?: string;
}

const DEFAULT_TIMEOUT_MS = 3 * 60_000;

const EXAMPLES = `
Examples:
  keyholder test-alert --table TABLE --table-region eu-central-1 --region eu-central-1
  keyholder test-alert --table TABLE --table-region eu-central-1 --table-profile home --profile payments --region eu-west-1,us-east-1
  keyholder test-alert --table TABLE --role-arn arn:aws:iam::444455556666:role/tester --region eu-west-1 --format json

Marked events on the default bus of the account and region, as a call there would bring them: its rules send them home,
one of them through the function that forwards logs, and people, chat and programs get one message for each region that
says TEST. It needs events:PutEvents on that bus, events:ListRules to tell what is not deployed there from what is broken,
and dynamodb:GetItem and Query on the table (an output of the home stack). The exit code is 1 when a hop does not answer.`;

export const addTestAlert: AddCommand = (program, { world, finish }) => {
  const command = program.command('test-alert').summary('prove that alerts of an account and region arrive');
  addCallerOptions(command.description('Send a marked message by the way that alerts take, and report each hop.'))
    .option('--account <id>', 'fail unless the credentials are of this account')
    .option('--table <name>', 'the DynamoDB table of the home stack')
    .option('--table-region <region>', 'where the table is, unless AWS_REGION says so')
    .option('--table-profile <name>', 'a profile for the table, where it is not the one of --profile')
    .addOption(new Option('--timeout <time>', 'wait no longer than this, such as 3m').argParser(parseDuration));
  addFormatOptions(command, ANSWER_FORMATS)
    .addHelpText('after', EXAMPLES)
    .action(async (options: TestAlertOptions) => finish(await runTestAlert(options, world)));
};

async function runTestAlert(options: TestAlertOptions, world: World): Promise<number> {
  const regions = options.region ?? (world.aws.region === null ? [] : [world.aws.region]);
  const [first] = regions;
  if (first === undefined) throw missing('--region or AWS_REGION with the regions to test');
  if (options.table === undefined) throw missing('--table NAME with the table of the home stack');
  const store = world.openTable?.() ?? (await openMemory(tableOptions(options), world));
  const sender = await openSender(first, options, world);
  const caller = await sender.identify();
  if (options.account !== undefined && options.account !== caller.account)
    throw new KeyholderError(
      'usage',
      `expected credentials of account ${JSON.stringify(options.account)}, got those of ${caller.account}`,
    );
  const test = await testAlert(
    { caller, regions, timeoutMs: options.timeout ?? DEFAULT_TIMEOUT_MS },
    {
      openBus: (region) => sender.openBus(caller, region),
      listRules: sender.listRules,
      store,
      clock: world.clock,
      wait: world.wait ?? ((ms) => setTimeout(ms)),
      createId: randomUUID,
    },
  );
  await deliverAnswer(tellAlertTest(test), options, world);
  return test.isOpen ? 0 : 1;
}

function tableOptions({ table, tableRegion, tableProfile, profile }: TestAlertOptions) {
  const of = tableProfile ?? profile;
  return {
    ...(table === undefined ? {} : { table }),
    ...(tableRegion === undefined ? {} : { tableRegion }),
    ...(of === undefined ? {} : { profile: of }),
  };
}

async function openSender(region: string, { profile, roleArn = [] }: TestAlertOptions, world: World) {
  const [role = null, ...more] = roleArn;
  if (more.length > 0) throw new KeyholderError('usage', `expected one --role-arn, got ${roleArn.length}`);
  const open = world.openEventSender ?? (await import('../shared/aws/event-sender.ts')).openEventSender;
  const { aws } = world;
  return open({ region, profile: profile ?? aws.profile, roleArn: role, endpoint: aws.endpoint, version: VERSION });
}

function missing(what: string): KeyholderError {
  return new KeyholderError('usage', `expected ${what}, got no such flag`);
}
