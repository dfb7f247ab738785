/** `keyholder preflight`: what a live run could read with these credentials, and what it would lack. */

import type { OpenLiveProbes } from '../shared/live-ports.ts';
import { preflight } from '../shared/pipeline/preflight.ts';
import { ANSWER_FORMATS, type AnswerFormat, tellPreflight } from '../shared/pipeline/tell-answer.ts';
import type { LiveAccess } from '../shared/ports.ts';
import { deliverAnswer } from './answer-output.ts';
import type { AddCommand } from './command.ts';
import { describeAccess, listRoles } from './live-access.ts';
import { addPlaceOptions, type LiveOptions, resolvePlace } from './live-options.ts';
import { addAnswerOptions, type ReportOptions, resolveNow } from './report-options.ts';
import type { World } from './world.ts';

interface PreflightOptions extends ReportOptions<AnswerFormat>, LiveOptions {}

const EXAMPLES = `
Examples:
  keyholder preflight --region eu-central-1
  keyholder preflight --cluster payments --region eu-central-1 --format json

One small call for each right that an audit takes, for logs a query over a single second: nothing is changed, and no
Secret is read. What is missing comes with the policy statement that allows it, or the reason of the network, and with
what stays unanswered.
The exit code is 1 when something is missing.`;

export const addPreflight: AddCommand = (program, { world, finish }) => {
  const command = program.command('preflight').summary('what can be read of live AWS, and what is missing');
  addPlaceOptions(command.description('Try each right that a live audit takes, and say what is missing.'));
  addAnswerOptions(command, ANSWER_FORMATS)
    .addHelpText('after', EXAMPLES)
    .action(async (options: PreflightOptions) => finish(await runPreflight(options, world)));
};

async function runPreflight(options: PreflightOptions, world: World): Promise<number> {
  const now = resolveNow(options.now, world);
  const { regions, cluster } = resolvePlace(options, world);
  const access = describeAccess(options, { now, regions, knownCreators: [], knownAdmins: [] }, world);
  const accounts = listRoles(options).map(({ name, account, roleArn }) => ({
    name,
    account,
    open: () => openProbes({ ...access, roleArn }, world),
  }));
  const answer = await preflight(accounts, { regions, cluster, now });
  await deliverAnswer(tellPreflight(answer), options, world);
  return answer.missing > 0 ? 1 : 0;
}

async function openProbes(access: LiveAccess, world: World) {
  const open: OpenLiveProbes = world.openLiveProbes ?? (await import('../shared/aws/probes.ts')).createLiveProbes;
  return open(access);
}
