/** Log groups and their subscription filters, as CloudWatch Logs has them. */
import {
  CloudWatchLogsClient,
  PutSubscriptionFilterCommand,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs';
import { KeyholderError } from '../errors.ts';
import type { LogSubscriptions } from '../live-ports.ts';
import { type AwsAccess, createClient } from './access.ts';
import { explainFailure } from './failure.ts';
import { listFilters } from './subscription-filters.ts';

export function openSubscriptions(access: AwsAccess, region: string): LogSubscriptions {
  const client = createClient(access, CloudWatchLogsClient, region);
  const attempt = async <Answer>(action: string, on: string, call: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await call();
    } catch (error) {
      const { reason } = explainFailure(error, { action, resource: on, on });
      throw new KeyholderError('read-failed', reason, { cause: error });
    }
  };
  return {
    listGroups: (prefix) =>
      attempt('logs:DescribeLogGroups', prefix, async () => {
        const groups = [];
        for await (const page of paginateDescribeLogGroups({ client }, { logGroupNamePrefix: prefix }))
          groups.push(...(page.logGroups ?? []));
        return groups.map(({ logGroupName, logGroupClass }) => ({
          name: logGroupName ?? '',
          isStandard: logGroupClass === undefined || logGroupClass === 'STANDARD',
        }));
      }),
    listSubscriptions: (logGroupName) =>
      attempt('logs:DescribeSubscriptionFilters', logGroupName, () => listFilters(client, logGroupName)),
    putSubscription: (logGroupName, { name, pattern, destinationArn }) =>
      attempt('logs:PutSubscriptionFilter', logGroupName, async () => {
        const filter = { filterName: name, filterPattern: pattern, destinationArn };
        await client.send(new PutSubscriptionFilterCommand({ logGroupName, ...filter }));
      }),
  };
}
