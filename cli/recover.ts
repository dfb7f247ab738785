/** `keyholder recover`: an evidence folder into every way back into one cluster. */
import { Option } from 'commander';
import { KeyholderError } from '../shared/errors.ts';
import { openEvidenceFolder } from '../shared/offline/evidence-folder.ts';
import { recoverCluster } from '../shared/pipeline/recover.ts';
import { ANSWER_FORMATS, type AnswerFormat, tellRecovery } from '../shared/pipeline/tell-answer.ts';
import { deliverAnswer } from './answer-output.ts';
import type { AddCommand } from './command.ts';
import { createProgress } from './progress.ts';
import { addReportOptions, type ReportOptions, resolveNow } from './report-options.ts';
import type { World } from './world.ts';

interface RecoverOptions extends ReportOptions<AnswerFormat> {
  readonly cluster?: string;
  readonly as?: string;
}

const EXAMPLES = `
Examples:
  keyholder recover --cluster payments --evidence evidence
  keyholder recover --cluster payments --as "$(aws sts get-caller-identity --query Arn --output text)" --evidence evidence
  keyholder recover --cluster payments --format markdown --evidence evidence > recovery.md

The first line says whether the cluster is locked out, degraded or fine, and since which change. Then come the ways
back in, from the least harm to the most: commands to run, what they change, how to undo them and how to see that they
worked. Nothing is run and nothing is changed. Whoever is locked out can still fill most of the folder: the EKS API,
IAM, CloudTrail and the control plane's logs need no login to the cluster.`;

export const addRecover: AddCommand = (program, { world, finish }) => {
  const command = program.command('recover').summary('locked out: every way back in, least harmful first');
  command
    .description('Say how a cluster stands, since which change, and how to get back in.')
    .option('--cluster <name>', 'the cluster, by name or ARN')
    .addOption(new Option('--as <arn>', 'who will run the commands: a role, session, user or root ARN'));
  addReportOptions(command, ANSWER_FORMATS)
    .addHelpText('after', EXAMPLES)
    .action(async (options: RecoverOptions) => finish(await runRecover(options, world)));
};

async function runRecover(options: RecoverOptions, world: World): Promise<number> {
  const { evidence, cluster, as } = options;
  if (evidence === undefined) {
    throw new KeyholderError('usage', 'expected --evidence DIR with the folder to read, got no such flag');
  }
  const progress = createProgress(world);
  const question = { cluster, as, now: resolveNow(options.now, world), progress };
  const plan = await recoverCluster(openEvidenceFolder(evidence), question).finally(progress.end);
  await deliverAnswer(tellRecovery(plan), options, world);
  return 0;
}
