/** The log group of a cluster's control plane, as `aws logs describe-log-groups` prints it. */
import { CloudWatchLogsClient, DescribeLogGroupsCommand, type LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type { ClusterPlace, LiveTask } from '../ports.ts';
import { type AwsAccess, createClient } from './access.ts';
import { listPages } from './call.ts';
import type { ReadPart } from './eks-place.ts';

export async function readLogGroups(
  access: AwsAccess,
  { account, region, name }: ClusterPlace,
  { signal }: Pick<LiveTask, 'signal'>,
): Promise<ReadPart<LogGroup>> {
  const client = createClient(access, CloudWatchLogsClient, region);
  const logGroupNamePrefix = `/aws/eks/${name}/cluster`;
  const { items, failure } = await listPages(
    {
      asked: {
        action: 'logs:DescribeLogGroups',
        resource: `arn:${access.partition}:logs:${region}:${account}:log-group:*`,
        on: `cluster ${name}`,
      },
      ask: (nextToken) =>
        client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix, nextToken }), { abortSignal: signal }),
      tokenOf: (page) => page.nextToken,
    },
    (page) => page.logGroups,
  );
  return { items, failures: failure === null ? [] : [failure] };
}
