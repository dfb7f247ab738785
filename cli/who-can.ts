/** `keyholder who-can`: everybody who can do a thing in a cluster, and how. */
import { KeyholderError } from '../shared/errors.ts';
import { openEvidenceFolder } from '../shared/offline/evidence-folder.ts';
import { whoCanInCluster } from '../shared/pipeline/explain.ts';
import { ANSWER_FORMATS, type AnswerFormat, tellWhoCan } from '../shared/pipeline/tell-answer.ts';
import { deliverAnswer } from './answer-output.ts';
import type { AddCommand } from './command.ts';
import { createProgress } from './progress.ts';
import { addReportOptions, type ReportOptions, resolveNow } from './report-options.ts';
import type { World } from './world.ts';

interface WhoCanOptions extends ReportOptions<AnswerFormat> {
  readonly cluster?: string;
  readonly namespace?: string;
}

const EXAMPLES = `
Examples:
  keyholder who-can get secrets --cluster payments --evidence evidence
  keyholder who-can create pods/exec --namespace kube-system --cluster payments --evidence evidence
  keyholder who-can get /metrics --cluster payments --evidence evidence

Resources are written as for kubectl: pods, deployments.apps, secrets/NAME, pods/exec, /metrics. Without --namespace
those are listed who can in all namespaces, and those who can in some of them beside. Access policies and
system:masters, which no list of bindings shows, are counted in.`;

export const addWhoCan: AddCommand = (program, { world, finish }) => {
  const command = program.command('who-can').summary('everybody who can do a thing, and how');
  command
    .description('List everybody who can do a thing in a cluster, each with the grant that allows it.')
    .argument('<verb>', 'such as get, list, create, delete')
    .argument('<resource>', 'such as pods, pods/exec, deployments.apps, secrets/NAME, /metrics')
    .option('--cluster <name>', 'the cluster, by name or ARN')
    .option('-n, --namespace <namespace>', 'one namespace (all, unless given)');
  addReportOptions(command, ANSWER_FORMATS)
    .addHelpText('after', EXAMPLES)
    .action(async (verb: string, resource: string, options: WhoCanOptions) =>
      finish(await runWhoCan({ verb, resource, namespace: options.namespace }, options, world)),
    );
};

async function runWhoCan(
  asked: Parameters<typeof whoCanInCluster>[1],
  options: WhoCanOptions,
  world: World,
): Promise<number> {
  const { evidence, cluster } = options;
  if (evidence === undefined) {
    throw new KeyholderError('usage', 'expected --evidence DIR with the folder to read, got no such flag');
  }
  const now = resolveNow(options.now, world);
  const progress = createProgress(world);
  const readers = openEvidenceFolder(evidence);
  const answer = await whoCanInCluster(readers, asked, { cluster, now, progress }).finally(progress.end);
  await deliverAnswer(tellWhoCan(answer, now), options, world);
  return 0;
}
