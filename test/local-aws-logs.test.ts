import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogRecordCommand,
  GetQueryResultsCommand,
  PutSubscriptionFilterCommand,
  paginateDescribeLogGroups,
  paginateDescribeSubscriptionFilters,
  StartQueryCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, describe, expect, test } from 'vitest';
import { askAs, refusal, startEstate } from './support/local-aws/estate-client.ts';
import type { LocalAws, LocalAwsOptions } from './support/local-aws/local-aws.ts';
import { makeFolder } from './support/temp-folder.ts';

const GROUP = '/aws/eks/payments/cluster';
const NOVEMBER = { startTime: 1_793_491_200, endTime: 1_795_219_200 };
const LOGINS = 'filter @message like /access granted/ | fields @timestamp, @message, @ptr | limit 1000';

let local: LocalAws;

afterEach(async () => {
  await local.close();
});

async function start(options: Partial<LocalAwsOptions> = {}): Promise<CloudWatchLogsClient> {
  local = await startEstate({ limits: { 'logs:GetQueryResults': 1000, 'logs:StartQuery': 1000 }, ...options });
  return new CloudWatchLogsClient(askAs(local));
}

async function ask(client: CloudWatchLogsClient, queryString = LOGINS): Promise<string> {
  const { queryId = '' } = await client.send(
    new StartQueryCommand({ ...NOVEMBER, queryString, logGroupNames: [GROUP] }),
  );
  return queryId;
}

describe('local AWS: log groups', () => {
  test('lists groups and the streams of each kind', async () => {
    const client = await start();
    const names: (string | undefined)[] = [];
    for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, { logGroupNamePrefix: '/aws/eks/' }))
      names.push(...logGroups.map(({ logGroupName }) => logGroupName));
    const { logStreams = [] } = await client.send(
      new DescribeLogStreamsCommand({ logGroupName: GROUP, logStreamNamePrefix: 'kube-apiserver-audit-' }),
    );

    expect(names).toEqual(['/aws/eks/legacy/cluster', '/aws/eks/payments/cluster']);
    expect(logStreams[0]?.logStreamName).toMatch(/^kube-apiserver-audit-[0-9a-f]{32}$/);
    expect(local.problems).toEqual([]);
  });

  test('gives the lines of a window with empty pages between, none twice', async () => {
    const client = await start({ pageSizes: { default: 20 } });
    const window = { startTime: NOVEMBER.startTime * 1000, endTime: NOVEMBER.endTime * 1000 };
    const ids: (string | undefined)[] = [];
    const sizes: number[] = [];
    let nextToken: string | undefined;
    do {
      const page = await client.send(
        new FilterLogEventsCommand({
          logGroupName: GROUP,
          logStreamNamePrefix: 'authenticator-',
          ...window,
          nextToken,
        }),
      );
      ids.push(...(page.events ?? []).map(({ eventId }) => eventId));
      sizes.push(page.events?.length ?? 0);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);

    expect(sizes).toEqual([20, 0, 20, 0, 8]);
    expect(new Set(ids).size).toBe(48);
    expect(local.problems).toEqual([]);
  });

  test('grants a group two subscription filters', async () => {
    const client = await start();
    const put = (filterName: string): Promise<unknown> =>
      client.send(
        new PutSubscriptionFilterCommand({
          logGroupName: GROUP,
          filterName,
          filterPattern: '',
          destinationArn: 'arn:aws:lambda:eu-central-1:111122223333:function:alert',
        }),
      );
    await put('one');
    await put('two');
    const refused = await refusal(put('three'));
    const names: (string | undefined)[] = [];
    for await (const { subscriptionFilters = [] } of paginateDescribeSubscriptionFilters(
      { client },
      { logGroupName: GROUP },
    ))
      names.push(...subscriptionFilters.map(({ filterName }) => filterName));

    expect(refused).toBe('LimitExceededException: Resource limit exceeded.');
    expect(names).toEqual(['one', 'two']);
  });
});

describe('local AWS: Insights', () => {
  test('schedules a query, shows some of its rows, then all of them page by page', async () => {
    const client = await start({ pageSizes: { 'logs:GetQueryResults': 4 } });
    const queryId = await ask(client);
    const scheduled = await client.send(new GetQueryResultsCommand({ queryId }));
    const running = await client.send(new GetQueryResultsCommand({ queryId }));
    const first = await client.send(new GetQueryResultsCommand({ queryId }));
    const second = await client.send(new GetQueryResultsCommand({ queryId, nextToken: first.nextToken }));

    expect([scheduled.status, running.status, first.status]).toEqual(['Scheduled', 'Running', 'Complete']);
    expect([scheduled.results?.length, first.results?.length, second.results?.length]).toEqual([0, 4, 4]);
    expect(first.statistics?.resultCount).toBe(10);
    expect(first.results?.[0]?.[0]?.value).toMatch(/^2026-11-\d\d \d\d:\d\d:\d\d\.000$/);
    expect(local.problems).toEqual([]);
  });

  test('finds the record that a pointer names', async () => {
    const client = await start();
    const queryId = await ask(client);
    for (const _ of ['scheduled', 'running']) await client.send(new GetQueryResultsCommand({ queryId }));
    const { results = [] } = await client.send(new GetQueryResultsCommand({ queryId }));
    const fields = Object.fromEntries((results[0] ?? []).map(({ field, value }) => [field ?? '', value ?? '']));
    const { logRecord } = await client.send(new GetLogRecordCommand({ logRecordPointer: fields['@ptr'] }));

    expect(logRecord?.['@message']).toBe(fields['@message']);
    expect(logRecord?.['@log']).toBe(`111122223333:${GROUP}`);
  });

  test('stops a query that runs, and refuses to stop one that ended', async () => {
    const client = await start();
    const queryId = await ask(client);
    const { success } = await client.send(new StopQueryCommand({ queryId }));
    const { status } = await client.send(new GetQueryResultsCommand({ queryId }));

    expect([success, status]).toEqual([true, 'Cancelled']);
    expect(await refusal(client.send(new StopQueryCommand({ queryId })))).toMatch(
      /^InvalidParameterException: Query with id .* has already ended/,
    );
  });

  test('runs thirty queries of an account in a region at once', async () => {
    const client = await start();
    for (let count = 0; count < 30; count += 1) await ask(client);

    expect(await refusal(ask(client))).toMatch(/^LimitExceededException/);
    expect([...local.queries.values()].filter(({ status }) => status === 'Scheduled')).toHaveLength(30);
  });

  test('tells where a query is malformed', async () => {
    const client = await start();
    const sent = ask(client, 'fields @message | filtre @message like /x/');

    await expect(sent).rejects.toMatchObject({
      name: 'MalformedQueryException',
      queryCompileError: { location: { startCharOffset: expect.any(Number) } },
    });
  });

  test('refuses times in milliseconds, and groups by the ARN that ends in a star', async () => {
    const client = await start();
    const { startTime, endTime } = NOVEMBER;
    const asked = { queryString: LOGINS, logGroupNames: [GROUP] };
    const inMilliseconds = { ...asked, startTime: startTime * 1000, endTime: endTime * 1000 };
    const byStar = {
      ...NOVEMBER,
      queryString: LOGINS,
      logGroupIdentifiers: [`arn:aws:logs:eu-central-1:111122223333:log-group:${GROUP}:*`],
    };

    expect(await refusal(client.send(new StartQueryCommand(inMilliseconds)))).toMatch(
      /^InvalidParameterException: The time range/,
    );
    expect(await refusal(client.send(new StartQueryCommand(byStar)))).toMatch(/logGroupIdentifiers\[0\]: does not fit/);
  });

  test('refuses a query of who may not use the key of the group, and lines of a group for infrequent access', async () => {
    const place = '111122223333/eu-central-1/payments';
    const group = {
      logGroupName: GROUP,
      logGroupClass: 'INFREQUENT_ACCESS',
      kmsKeyId: 'arn:aws:kms:eu-central-1:111122223333:key/1',
    };
    const folder = makeFolder({
      [`${place}/authenticator.log`]: 'time="2026-11-10T00:00:00Z" level=info msg="access granted"\n',
      [`${place}/log-group.json`]: JSON.stringify({ logGroups: [group] }),
    });
    await start({ folder });
    const client = new CloudWatchLogsClient(askAs(local, { deny: ['kms:Decrypt'] }));

    expect(await refusal(ask(client))).toMatch(
      /^AccessDeniedException: User: .* is not authorized to perform: kms:Decrypt/,
    );
    expect(await refusal(client.send(new FilterLogEventsCommand({ logGroupName: GROUP })))).toMatch(
      /^InvalidParameterException: FilterLogEvents is not supported/,
    );
  });
});
