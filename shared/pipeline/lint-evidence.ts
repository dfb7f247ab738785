/** An aws-auth ConfigMap on its own into evidence of a cluster of which nothing else was read. */
import { EMPTY_CONFIG } from '../evidence/config.ts';
import { unknownCluster } from '../evidence/describe-cluster.ts';
import { EMPTY_STATE } from '../evidence/state.ts';
import type { AwsAuth } from '../model/aws-auth.ts';
import type { Coverage } from '../model/coverage.ts';
import type { Cluster } from '../model/eks.ts';
import type { ClusterEvidence, Evidence } from '../model/evidence.ts';
import { parsePrincipal } from '../rules/arn.ts';
import { isNodeIdentity } from '../rules/node-identity.ts';

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

/** Nodes are of the account and partition of their cluster; without their row those that most rows name are taken. */
function guessCluster({ rows, accounts }: AwsAuth): Cluster {
  const unknown = unknownCluster({ account: accounts[0]?.account ?? '', region: '', name: '' });
  const working = rows.filter(({ matches }) => matches);
  const nodes = working.filter(isNodeIdentity);
  const named = (nodes.length > 0 ? nodes : working).map(({ arn }) => parsePrincipal(arn));
  return {
    ...unknown,
    account: findMostFrequent(named.map(({ account }) => account)) ?? unknown.account,
    partition: findMostFrequent(named.map(({ partition }) => partition)) ?? unknown.partition,
  };
}

/** The first of them when several are. */
function findMostFrequent(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts.keys()].find((text) => counts.get(text) === most);
}
