/** `keyholder recover`: an evidence folder into every way back into one cluster. */
import { Option } from 'commander';
import { KeyholderError } from '../shared/errors.ts';
import { openEvidenceFolder } from '../shared/offline/evidence-folder.ts';
import { withTemporaryFolder } from '../shared/offline/temporary-folder.ts';
import { recoverCluster } from '../shared/pipeline/recover.ts';
import { recoveryNeeds } from '../shared/pipeline/recover-live.ts';
import { ANSWER_FORMATS, type AnswerFormat, tellRecovery } from '../shared/pipeline/tell-answer.ts';
import { deliverAnswer } from './answer-output.ts';
import type { AddCommand } from './command.ts';
import { answerAtOnce } from './first-look.ts';
import { partLiveFromFolder } from './flag-rules.ts';
import { recordLive } from './live.ts';
import { addCallerOptions, type LiveOptions } from './live-options.ts';
import { createProgress } from './progress.ts';
import { addReportOptions, type ReportOptions, resolveNow } from './report-options.ts';
import type { World } from './world.ts';

interface RecoverOptions extends ReportOptions<AnswerFormat>, LiveOptions {
  readonly refine?: boolean;
  readonly as?: string;
}

const EXAMPLES = `
Examples:
  keyholder recover --cluster payments                            within 10 seconds: is it you, or everybody?
  keyholder recover --cluster payments --refine                   the whole plan, from live AWS
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
  addCallerOptions(command).option('--refine', 'read live AWS for the whole plan, not for the first answer alone');
  partLiveFromFolder(command, ['cluster']);
  addReportOptions(command, ANSWER_FORMATS)
    .addHelpText('after', EXAMPLES)
    .action(async (options: RecoverOptions) => finish(await runRecover(options, world)));
};

async function runRecover(options: RecoverOptions, world: World): Promise<number> {
  const now = resolveNow(options.now, world);
  const { evidence } = options;
  if (evidence !== undefined) return planFrom(evidence, { ...options, now }, world);
  if (options.refine !== true || options.cluster === undefined) {
    if (options.as === undefined) return answerAtOnce(options, world);
    throw new KeyholderError('usage', 'expected --refine or --evidence DIR beside --as, got neither');
  }
  return withTemporaryFolder(async (dir) => {
    await recordLive(options, { dir, now, needs: recoveryNeeds(now) }, world);
    return planFrom(dir, { ...options, now }, world);
  });
}

async function planFrom(dir: string, options: RecoverOptions & { readonly now: string }, world: World) {
  const progress = createProgress(world);
  const { cluster, as, now } = options;
  const plan = await recoverCluster(openEvidenceFolder(dir), { cluster, as, now, progress }).finally(progress.end);
  await deliverAnswer(tellRecovery(plan), options, world);
  return 0;
}
