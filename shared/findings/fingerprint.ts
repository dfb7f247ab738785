/** What makes two findings the same fact: detection, cluster, life and subject; never the wording. */
import { createHash } from 'node:crypto';

/** 32 hex digits. `clusterArn` and `life` are empty for a finding of no single cluster. */
export function fingerprintOf(fact: {
  readonly detection: string;
  readonly clusterArn: string;
  readonly life: string | null;
  readonly subject: string;
}): string {
  const text = JSON.stringify([fact.detection, fact.clusterArn, fact.life ?? '', fact.subject]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
