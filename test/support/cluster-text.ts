/** A file of the cluster "payments", as its parsers take it. */
import type { ClusterText } from '../../shared/evidence/cluster-text.ts';

const PLACE = { account: '111122223333', region: 'eu-west-1', name: 'payments' };

export function clusterText(file: string, content: unknown): ClusterText {
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, 1);
  return { text, file, place: PLACE };
}
