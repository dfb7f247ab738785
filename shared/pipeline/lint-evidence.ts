/** An aws-auth ConfigMap on its own into evidence of a cluster of which nothing else was read. */
import { guessCluster } from '../evidence/aws-auth-cluster.ts';
import { EMPTY_CONFIG } from '../evidence/config.ts';
import { EMPTY_STATE } from '../evidence/state.ts';
import type { AwsAuth } from '../model/aws-auth.ts';
import type { Coverage } from '../model/coverage.ts';
import type { ClusterEvidence, Evidence } from '../model/evidence.ts';

/** A source that coverage does not speak of was not read. */
export const AWS_AUTH_ALONE: readonly Coverage[] = [
  { source: 'aws-auth', status: 'complete', window: null, read: 1, skipped: 0, skips: [], reason: null },
];

export function isolateAwsAuth(awsAuth: AwsAuth): { readonly cluster: ClusterEvidence; readonly all: Evidence } {
  const cluster: ClusterEvidence = {
    cluster: guessCluster(awsAuth),
    accessEntries: [],
    awsAuth,
    rbac: { roles: [], bindings: [] },
    identityProviders: [],
    workloadRoles: [],
    logGroup: null,
    authenticator: [],
    audit: [],
    cloudTrail: [],
    usage: [],
    coverage: AWS_AUTH_ALONE,
  };
  const all: Evidence = {
    window: null,
    scope: [],
    clusters: [cluster],
    accounts: [],
    config: EMPTY_CONFIG,
    state: EMPTY_STATE,
    files: [],
    strangers: [],
    caller: null,
    queries: [],
  };
  return { cluster, all };
}
