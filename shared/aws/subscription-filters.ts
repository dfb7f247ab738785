/** The subscription filters of a log group: who is told of its lines. */
import { type CloudWatchLogsClient, paginateDescribeSubscriptionFilters } from '@aws-sdk/client-cloudwatch-logs';
import type { Subscription } from '../live-ports.ts';

/** A file of its own: whoever only looks at them needs no right to put any, and carries no code for it. */
export async function listFilters(
  client: CloudWatchLogsClient,
  logGroupName: string,
  abortSignal?: AbortSignal,
): Promise<readonly Subscription[]> {
  const filters = [];
  for await (const page of paginateDescribeSubscriptionFilters({ client }, { logGroupName }, { abortSignal }))
    filters.push(...(page.subscriptionFilters ?? []));
  return filters.map(({ filterName = '', filterPattern = '', destinationArn = '' }) => ({
    name: filterName,
    pattern: filterPattern,
    destinationArn,
  }));
}
