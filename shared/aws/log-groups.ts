/** The log groups named like that of a cluster's control plane, as `aws logs describe-log-groups` lists them. */
import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type { ClusterPlace } from '../ports.ts';
import { type Listed, listPages } from './call.ts';
import { logGroupOf } from './log-group-name.ts';
import type { LogsApi } from './logs-api.ts';

export interface GroupSearch {
  readonly place: ClusterPlace;
  readonly partition: string;
  readonly signal: AbortSignal;
}

export function listLogGroups(
  api: Pick<LogsApi, 'describeGroups'>,
  { place, partition, signal }: GroupSearch,
): Promise<Listed<LogGroup>> {
  return listPages(
    {
      asked: {
        action: 'logs:DescribeLogGroups',
        resource: `arn:${partition}:logs:${place.region}:${place.account}:log-group:*`,
        on: `cluster ${place.name}`,
      },
      ask: (nextToken) => api.describeGroups({ logGroupNamePrefix: logGroupOf(place), nextToken }, signal),
      tokenOf: (page) => page.nextToken,
    },
    (page) => page.logGroups,
  );
}
