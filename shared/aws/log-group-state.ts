/** The log groups of clusters into what can be read of them, and why not more. */
import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import { mapBounded } from '../bounded.ts';
import type { ClusterPlace } from '../ports.ts';
import type { Failure } from './failure.ts';
import type { QueryWindow } from './insights-query.ts';
import { logGroupOf } from './log-group-name.ts';
import { listLogGroups } from './log-groups.ts';
import type { LogsApi } from './logs-api.ts';

export interface ClusterLogGroup {
  readonly cluster: ClusterPlace;
  readonly logGroup: string;
  /** null: there is none, or it could not be asked for. */
  readonly group: LogGroup | null;
  readonly failure: Failure | null;
}

const CALLS_AT_ONCE = 5;

export function readLogGroupStates(
  clusters: readonly ClusterPlace[],
  { api, partition, signal }: { readonly api: LogsApi; readonly partition: string; readonly signal: AbortSignal },
): Promise<readonly ClusterLogGroup[]> {
  return mapBounded(clusters, CALLS_AT_ONCE, async (cluster) => {
    const logGroup = logGroupOf(cluster);
    const { items, failure } = await listLogGroups(api, { place: cluster, partition, signal });
    const group = items?.find(({ logGroupName }) => logGroupName === logGroup) ?? null;
    if (group !== null || failure !== null) return { cluster, logGroup, group, failure };
    const reason = `logs:DescribeLogGroups on cluster ${cluster.name}: there is no log group ${logGroup}`;
    return { cluster, logGroup, group, failure: { kind: 'missing', status: 'unavailable', reason, mend: null } };
  });
}

const DAY_S = 86_400;

/** Where the group's retention has already taken the start of the window; null where it has not. */
export function findRetentionStart({ group }: ClusterLogGroup, window: QueryWindow): number | null {
  const days = group?.retentionInDays;
  if (days === undefined) return null;
  const start = window.to - days * DAY_S;
  return start > window.from ? start : null;
}

/** Why a group that is there cannot be read; null when it can. */
export function explainUnreadable({ group, failure, logGroup }: ClusterLogGroup): Failure | null {
  if (group === null) return failure;
  // Such groups only pass their lines on: nothing can be asked of them.
  if (group.logGroupClass !== 'DELIVERY') return null;
  const reason = `${logGroup} is of class DELIVERY, which Logs Insights cannot read`;
  return { kind: 'disabled', status: 'unavailable', reason, mend: null };
}

export function wordRetention({ group, logGroup }: ClusterLogGroup): string {
  return `${logGroup} keeps its lines for ${group?.retentionInDays} days only`;
}

/** What a class costs more; what it holds is read all the same, since our queries need no discovered field. */
export function wordClass({ group, logGroup }: ClusterLogGroup): string | null {
  if (group?.logGroupClass === undefined || group.logGroupClass === 'STANDARD') return null;
  return `${logGroup} is of class ${group.logGroupClass}, without an index of streams: all of them were scanned`;
}

/** The share of the stored bytes that lies in the window, were they spread evenly over the life of the group. */
export function estimateBytes({ group }: ClusterLogGroup, window: QueryWindow): number {
  const storedBytes = group?.storedBytes ?? 0;
  const age = window.to - (group?.creationTime ?? 0) / 1000;
  const kept = Math.min(age, (group?.retentionInDays ?? Number.POSITIVE_INFINITY) * DAY_S);
  if (kept <= 0) return storedBytes;
  return storedBytes * Math.min(1, (window.to - window.from) / kept);
}
