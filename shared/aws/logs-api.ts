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
  /** Given up a while after the signal: a query whose id nobody heard goes on by itself, and costs. */
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
    startQuery: (input, signal) =>
      withGrace(signal, (abortSignal) => client.send(new StartQueryCommand(input), { abortSignal })),
    getResults: (input, abortSignal) => client.send(new GetQueryResultsCommand(input), { abortSignal }),
    stopQuery: (queryId) => client.send(new StopQueryCommand({ queryId })),
  };
}

const GRACE_MS = 3_000;

async function withGrace<T>(signal: AbortSignal, call: (late: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const startGrace = (): void => {
    timer = setTimeout(() => late.abort(), GRACE_MS);
  };
  if (signal.aborted) startGrace();
  else signal.addEventListener('abort', startGrace, { once: true });
  try {
    return await call(late.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', startGrace);
  }
}
