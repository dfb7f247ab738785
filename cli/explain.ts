/** `keyholder explain`: why a principal is allowed or denied, or what an error of EKS access means. */
import { Option } from 'commander';
import { KeyholderError } from '../shared/errors.ts';
import { openEvidenceFolder } from '../shared/offline/evidence-folder.ts';
import { explainErrorText, explainInCluster } from '../shared/pipeline/explain.ts';
import { ANSWER_FORMATS, type AnswerFormat, tellErrors, tellExplanation } from '../shared/pipeline/tell-answer.ts';
import { deliverAnswer } from './answer-output.ts';
import type { AddCommand } from './command.ts';
import { answerAtOnce } from './first-look.ts';
import { partLiveFromFolder } from './flag-rules.ts';
import { addCallerOptions, type LiveOptions } from './live-options.ts';
import { createProgress } from './progress.ts';
import { addReportOptions, type ReportOptions, resolveNow } from './report-options.ts';
import type { World } from './world.ts';

interface ExplainOptions extends ReportOptions<AnswerFormat>, LiveOptions {
  readonly principal?: string;
  readonly verb?: string;
  readonly resource?: string;
  readonly namespace?: string;
  readonly error?: string;
}

const EXAMPLES = `
Examples:
  keyholder explain --cluster payments                  why do I not get in? Within 10 seconds, from live AWS
  keyholder explain --cluster payments --principal arn:aws:iam::111122223333:role/build \\
    --verb create --resource pods/exec --namespace payments --evidence evidence
  keyholder explain --cluster payments --principal system:serviceaccount:payments:web --verb get --resource secrets/db \\
    --namespace payments --evidence evidence
  keyholder explain --error 'error: You must be logged in to the server (Unauthorized)'

Resources are written as for kubectl: pods, deployments.apps, secrets/NAME, pods/exec, /metrics. Without --namespace
the question is about all namespaces. The answer is Unknown where something was not read that could change it.`;

export const addExplain: AddCommand = (program, { world, finish }) => {
  const command = program.command('explain').summary('why a principal is allowed or denied, or what an error means');
  command
    .description('Explain why a principal may do something or not, to the first broken link and its smallest mend.')
    .option('--cluster <name>', 'the cluster, by name or ARN')
    .option('--principal <arn>', 'role, user or session ARN; or a Kubernetes user, group:NAME, service account')
    .option('--verb <verb>', 'such as get, list, create, delete')
    .option('--resource <resource>', 'such as pods, pods/exec, deployments.apps, secrets/NAME, /metrics')
    .option('-n, --namespace <namespace>', 'one namespace (all, unless given)')
    .addOption(
      new Option('--error <text>', 'what kubectl or aws printed; needs nothing else').conflicts([
        ...['cluster', 'principal', 'verb', 'resource', 'namespace'],
        ...['evidence', 'region', 'profile', 'roleArn'],
      ]),
    );
  partLiveFromFolder(addCallerOptions(command), ['cluster']);
  addReportOptions(command, ANSWER_FORMATS)
    .addHelpText('after', EXAMPLES)
    .action(async (options: ExplainOptions) => finish(await runExplain(options, world)));
};

async function runExplain(options: ExplainOptions, world: World): Promise<number> {
  const now = resolveNow(options.now, world);
  if (options.error !== undefined) {
    await deliverAnswer(tellErrors(options.error, explainErrorText(options.error), now), options, world);
    return 0;
  }
  const { evidence, cluster, namespace } = options;
  const isAsked = [evidence, options.principal, options.verb, options.resource, namespace].some(
    (value) => value !== undefined,
  );
  if (!isAsked && cluster !== undefined) return answerAtOnce(options, world);
  const asked = {
    principal: demand(options.principal, '--principal', 'whom to ask about, or --error TEXT'),
    verb: demand(options.verb, '--verb', 'what is done, such as get'),
    resource: demand(options.resource, '--resource', 'what it is done to, such as pods'),
    namespace,
  };
  const readers = openEvidenceFolder(demand(evidence, '--evidence', 'the folder to read'));
  const progress = createProgress(world);
  const explanation = await explainInCluster(readers, asked, { cluster, now, progress }).finally(progress.end);
  await deliverAnswer(tellExplanation(explanation, now), options, world);
  return 0;
}

function demand(value: string | undefined, flag: string, what: string): string {
  if (value !== undefined) return value;
  throw new KeyholderError('usage', `expected ${flag} with ${what}, got no such flag`);
}
