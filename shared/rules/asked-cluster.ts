/** The facts of a cluster into what an answer says of where it holds. */
import type { AskedCluster } from '../model/explanation.ts';
import type { Facts } from '../model/facts.ts';

export function describeCluster({ cluster }: Pick<Facts, 'cluster'>): AskedCluster {
  const { arn, name, account, region, version, authenticationMode } = cluster;
  return { arn, name, account, region, version, authenticationMode };
}
