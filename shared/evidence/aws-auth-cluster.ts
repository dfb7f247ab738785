/** An aws-auth ConfigMap on its own into what it shows of the cluster that it is meant for. */
import type { AwsAuth } from '../model/aws-auth.ts';
import type { Cluster } from '../model/eks.ts';
import { parsePrincipal } from '../rules/arn.ts';
import { isNodeIdentity } from '../rules/node-identity.ts';
import { unknownCluster } from './describe-cluster.ts';

/** Nodes are of the account and partition of their cluster; without their row those that most rows name are taken. */
export function guessCluster({ rows, accounts }: AwsAuth): Cluster {
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
