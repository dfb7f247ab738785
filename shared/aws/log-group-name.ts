/** A cluster into the name of the log group of its control plane. */
import type { ClusterPlace } from '../ports.ts';

export function logGroupOf({ name }: Pick<ClusterPlace, 'name'>): string {
  return `/aws/eks/${name}/cluster`;
}
