/** An aws-auth ConfigMap on its own into evidence of a cluster of which nothing else was read. */
import { guessCluster } from '../evidence/aws-auth-cluster.ts';
import { NOTHING_OF_CLUSTER, NOTHING_READ } from '../evidence/nothing-read.ts';
import type { AwsAuth } from '../model/aws-auth.ts';
import type { Coverage } from '../model/coverage.ts';
import type { ClusterEvidence, Evidence } from '../model/evidence.ts';

/** A source that coverage does not speak of was not read. */
export const AWS_AUTH_ALONE: readonly Coverage[] = [
  { source: 'aws-auth', status: 'complete', window: null, read: 1, skipped: 0, skips: [], reason: null },
];

export function isolateAwsAuth(awsAuth: AwsAuth): { readonly cluster: ClusterEvidence; readonly all: Evidence } {
  const cluster: ClusterEvidence = {
    ...NOTHING_OF_CLUSTER,
    cluster: guessCluster(awsAuth),
    awsAuth,
    coverage: AWS_AUTH_ALONE,
  };
  return { cluster, all: { ...NOTHING_READ, clusters: [cluster] } };
}
