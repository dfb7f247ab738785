/** A question about one cluster without any evidence into the answer that two permissions give within seconds. */
import { readFile } from 'node:fs/promises';
import { KeyholderError } from '../shared/errors.ts';
import { answerFirstLook } from '../shared/pipeline/first-answer.ts';
import type { AnswerFormat } from '../shared/pipeline/tell-answer.ts';
import { tellFirstAnswer } from '../shared/pipeline/tell-answer.ts';
import { deliverAnswer } from './answer-output.ts';
import { type LiveOptions, refuseOtherRegions, splitClusterArn } from './live-options.ts';
import { type ReportOptions, resolveNow } from './report-options.ts';
import type { World } from './world.ts';

/** The answer is promised within ten seconds, the start of the process among them. */
const ANSWER_MS = 9_000;

export interface FirstLookOptions
  extends ReportOptions<AnswerFormat>,
    Pick<LiveOptions, 'cluster' | 'region' | 'profile' | 'roleArn'> {}

export async function answerAtOnce(options: FirstLookOptions, world: World): Promise<number> {
  if (options.cluster === undefined) {
    throw new KeyholderError('usage', 'expected --cluster with the name of a cluster, or --evidence DIR, got neither');
  }
  const { name, account, region } = splitClusterArn(options.cluster);
  refuseOtherRegions(region, options.region);
  if (options.region !== undefined && options.region.length > 1) {
    throw new KeyholderError('usage', `expected one region for --region, got ${options.region.join(',')}`);
  }
  if (options.roleArn !== undefined && options.roleArn.length > 1) {
    throw new KeyholderError('usage', `expected one role for --role-arn, got ${options.roleArn.length}`);
  }
  const open = world.openAccessLook ?? (await import('../shared/aws/access-look.ts')).openAccessLook;
  const answer = await answerFirstLook(open, {
    cluster: name,
    account,
    region: region ?? options.region?.[0] ?? world.aws.region,
    profile: options.profile ?? world.aws.profile,
    roleArn: options.roleArn?.[0] ?? null,
    endpoint: world.aws.endpoint,
    kubeconfigs: await readKubeconfigs(world.aws.kubeconfig),
    now: resolveNow(options.now, world),
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  if (answer === null) {
    const expected = 'a region, by --region, AWS_REGION or an entry for the cluster in the kubeconfig';
    throw new KeyholderError('usage', `expected ${expected}, got none`);
  }
  await deliverAnswer(tellFirstAnswer(answer), options, world);
  return 0;
}

/** One that is missing or closed to us says nothing, as it says nothing to kubectl. */
async function readKubeconfigs(paths: readonly string[]) {
  const read = await Promise.all(
    paths.map(async (file) => ({ file, text: await readFile(file, 'utf8').catch(() => null) })),
  );
  return read.flatMap(({ file, text }) => (text === null ? [] : [{ file, text }]));
}
