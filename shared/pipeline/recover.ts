/** The story of a recovery: the evidence of one cluster in, how it stands and every way back into it out. */
import { resolveCreatorPeople } from '../access/creator-people.ts';
import { KeyholderError } from '../errors.ts';
import { parseAwsAuth } from '../evidence/aws-auth.ts';
import type { Facts } from '../model/facts.ts';
import type { RecoveryPlan } from '../model/recovery.ts';
import type { Readers } from '../ports.ts';
import { type GoodAwsAuth, pickAwsAuth } from '../recovery/aws-auth-history.ts';
import { isIamCaller } from '../recovery/caller.ts';
import { planRecovery } from '../recovery/plan.ts';
import {
  type ClusterAnswer,
  type ClusterQuestion,
  collectClusterFacts,
  collectRecordedFacts,
  resolveStandingFacts,
} from './cluster-facts.ts';

export interface RecoverQuestion extends ClusterQuestion {
  /** Who is going to run the commands; undefined when nobody says. */
  readonly as: string | undefined;
}

/** Changes nothing. Throws KeyholderError('usage') for a cluster or caller that the question does not name rightly. */
export function recoverCluster(readers: Readers, question: RecoverQuestion): Promise<RecoveryPlan> {
  return plan(question, () => collectClusterFacts(readers, question));
}

/** From a recording that was just made for this answer. */
export function recoverRecorded(readers: Readers, question: RecoverQuestion): Promise<RecoveryPlan> {
  return plan(question, () => collectRecordedFacts(readers, question));
}

async function plan(question: RecoverQuestion, collect: () => Promise<ClusterAnswer>): Promise<RecoveryPlan> {
  const callerArn = question.as === undefined ? null : parseCaller(question.as);
  const facts = takeLatestAwsAuth(await collect(), question.now);
  return planRecovery({
    facts,
    callerArn,
    creatorPeople: resolveCreatorPeople(facts),
    storedAwsAuth: readStoredAwsAuth(facts),
  });
}

function parseCaller(arn: string): string {
  if (isIamCaller(arn)) return arn;
  const expected = 'the ARN of an IAM role or user, of a session, or of the root user';
  throw new KeyholderError('usage', `expected ${expected} for --as, got ${JSON.stringify(arn)}`);
}

/** Whoever is locked out cannot read the ConfigMap, and the audit log may hold what was written last. */
function takeLatestAwsAuth({ facts, evidence }: ClusterAnswer, now: string): Facts {
  const [cluster] = evidence.clusters;
  const awsAuth = pickAwsAuth(facts.awsAuth, facts.records);
  if (cluster === undefined || awsAuth === facts.awsAuth) return facts;
  return resolveStandingFacts({ ...cluster, awsAuth }, evidence, now).facts;
}

function readStoredAwsAuth({ state, cluster }: Facts): readonly GoodAwsAuth[] {
  return state.lastGoodAwsAuth
    .filter(({ clusterArn }) => clusterArn === cluster.arn)
    .flatMap(({ at, data }): readonly GoodAwsAuth[] => {
      const metadata = { name: 'aws-auth', namespace: 'kube-system' };
      const text = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
      const { awsAuth: content } = parseAwsAuth(text, 'state.json');
      const evidence = { source: 'aws-auth', id: 'last good aws-auth', at, file: 'state.json', line: 0 } as const;
      return content === null ? [] : [{ at, content, from: 'the stored state', evidence }];
    });
}
