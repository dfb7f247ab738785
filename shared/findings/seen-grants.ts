/** The rows of an audit into the grants that it saw, each under a key that outlives wording, level and evidence. */
import { createHash } from 'node:crypto';
import { type Access, type Grant, LEVELS } from '../model/access.ts';
import { arnKey } from '../rules/arn.ts';
import type { SeenGrant } from './grant-lifecycle.ts';

/** By key. What Kubernetes and EKS ship for themselves is left out: it is the same everywhere, and nobody gave it. */
export function listSeenGrants(rows: readonly Access[]): ReadonlyMap<string, SeenGrant> {
  const seen = new Map<string, SeenGrant>();
  for (const row of rows) {
    if (row.kind === 'aws') continue;
    for (const grant of row.grants) {
      const key = keyOf(row, grant);
      const other = seen.get(key);
      // Two scopes of one policy may be worded alike: the higher stands for both.
      if (other === undefined || rankOf(grant) > rankOf(other.grant)) seen.set(key, { row, grant });
    }
  }
  return seen;
}

/** Whether IAM was read decides whether an ARN carries its path: it is the same principal. */
function keyOf({ holder }: Access, { via, detail, scope }: Grant): string {
  const name = holder.kind === 'iam' ? arnKey(holder.name) : holder.name;
  const text = JSON.stringify([holder.kind, name, via, detail, scope]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function rankOf({ level }: Grant): number {
  return LEVELS.indexOf(level);
}
