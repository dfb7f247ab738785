/** The five calls of CloudWatch Logs that reading a cluster's log takes, as plain functions. */
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  type DescribeLogGroupsCommandInput,
  type DescribeLogGroupsCommandOutput,
  DescribeLogStreamsCommand,
  type DescribeLogStreamsCommandInput,
  type DescribeLogStreamsCommandOutput,
  GetQueryResultsCommand,
  type GetQueryResultsCommandInput,
  type GetQueryResultsCommandOutput,
  StartQueryCommand,
  type StartQueryCommandInput,
  type StartQueryCommandOutput,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { type AwsAccess, createClient } from './access.ts';

type Answer<Output> = Promise<Omit<Output, '$metadata'>>;

export interface LogsApi {
  readonly describeGroups: (
    input: DescribeLogGroupsCommandInput,
    signal: AbortSignal,
  ) => Answer<DescribeLogGroupsCommandOutput>;
  readonly describeStreams: (
    input: DescribeLogStreamsCommandInput,
    signal: AbortSignal,
  ) => Answer<DescribeLogStreamsCommandOutput>;
  readonly startQuery: (input: StartQueryCommandInput, signal: AbortSignal) => Answer<StartQueryCommandOutput>;
  readonly getResults: (
    input: GetQueryResultsCommandInput,
    signal: AbortSignal,
  ) => Answer<GetQueryResultsCommandOutput>;
  /** Takes no signal: it is what an abort leads to. */
  readonly stopQuery: (queryId: string) => Promise<unknown>;
}

export function createLogsApi(access: AwsAccess, region: string): LogsApi {
  const client = createClient(access, CloudWatchLogsClient, region);
  return {
    describeGroups: (input, abortSignal) => client.send(new DescribeLogGroupsCommand(input), { abortSignal }),
    describeStreams: (input, abortSignal) => client.send(new DescribeLogStreamsCommand(input), { abortSignal }),
    startQuery: (input, abortSignal) => client.send(new StartQueryCommand(input), { abortSignal }),
    getResults: (input, abortSignal) => client.send(new GetQueryResultsCommand(input), { abortSignal }),
    stopQuery: (queryId) => client.send(new StopQueryCommand({ queryId })),
  };
}
