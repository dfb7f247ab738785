/** A cluster that EKS did not describe into the life it has by other evidence, so that its findings keep their fingerprints. */
import type { Coverage } from '../model/coverage.ts';
import type { ClusterEvidence } from '../model/evidence.ts';
import type { CloudTrailEvent } from '../model/records.ts';
import type { StoredState } from '../model/state.ts';
import { BIRTH_TOLERANCE_MS, createdAtOf } from '../rules/cluster-births.ts';
import { compareTimes, msBetween } from '../rules/time.ts';

/** Left as it is where describe-cluster tells the time; else its coverage says where the life is taken from, or that none is known. */
export function withKnownLife(evidence: ClusterEvidence, { creators }: Pick<StoredState, 'creators'>): ClusterEvidence {
  const { cluster, cloudTrail } = evidence;
  if (cluster.createdAt !== null) return evidence;
  const calls = cloudTrail.filter(({ succeeded }) => succeeded);
  const lives = [
    ...creators
      .filter(({ clusterArn }) => clusterArn === cluster.arn)
      .map(({ life }) => ({ createdAt: life, from: 'the stored state' })),
    ...calls
      .filter(({ eventName }) => eventName === 'CreateCluster')
      .map((call) => ({ createdAt: createdAtOf(call), from: 'the record of its creation' })),
  ].sort((a, b) => compareTimes(a.createdAt, b.createdAt));
  const last = lives.at(-1);
  const createdAt = last?.createdAt ?? null;
  const isOver = calls.some(
    (call) =>
      call.at !== null && createdAt !== null && endsLife(call) && msBetween(createdAt, call.at) > BIRTH_TOLERANCE_MS,
  );
  if (last === undefined || createdAt === null || isOver) return withReason(evidence, UNKNOWN);
  const known = { ...evidence, cluster: { ...cluster, createdAt } };
  return withReason(known, `taken for the cluster that was created at ${createdAt}, by ${last.from}`);
}

/** A creation that does not tell the time of the new cluster still tells that the one before is gone. */
function endsLife(call: CloudTrailEvent): boolean {
  return call.eventName === 'DeleteCluster' || (call.eventName === 'CreateCluster' && createdAtOf(call) === null);
}

const UNKNOWN = 'which life of the cluster this is cannot be told: its findings are not matched with earlier ones';

function withReason(evidence: ClusterEvidence, reason: string): ClusterEvidence {
  const add = (row: Coverage): Coverage => {
    if (row.source !== 'eks-api' || row.status === 'complete') return row;
    return { ...row, reason: row.reason === null ? reason : `${row.reason}; ${reason}` };
  };
  return { ...evidence, coverage: evidence.coverage.map(add) };
}
