import { request } from 'node:http';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogsClient, GetQueryResultsCommand, StartQueryCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeClusterCommand, EKSClient, ListClustersCommand, paginateListAccessEntries } from '@aws-sdk/client-eks';
import { GetUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, test } from 'vitest';
import { askAs, refusal, startEstate } from './support/local-aws/estate-client.ts';
import type { Injection } from './support/local-aws/faults.ts';
import { createIdentities } from './support/local-aws/identities.ts';
import type { LocalAws, LocalAwsOptions } from './support/local-aws/local-aws.ts';
import { listOperationNames } from './support/local-aws/model.ts';
import { createServices } from './support/local-aws/services.ts';

let local: LocalAws;

afterEach(async () => {
  await local.close();
});

async function start(options: Partial<LocalAwsOptions> = {}): Promise<LocalAws> {
  local = await startEstate(options);
  return local;
}

const listClusters = (rights: Parameters<typeof askAs>[1] = {}): Promise<string> =>
  refusal(new EKSClient(askAs(local, rights)).send(new ListClustersCommand({})));

describe('local AWS: rights', () => {
  test('refuses whatever is not allowed, in the words of AWS', async () => {
    await start();
    const twoRights = { allow: ['sts:GetCallerIdentity', 'eks:DescribeCluster'] };
    const client = new EKSClient(askAs(local, twoRights));

    expect(await refusal(client.send(new DescribeClusterCommand({ name: 'payments' })))).toBe('answered');
    expect(await listClusters(twoRights)).toBe(
      'AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/auditor/session is not authorized to perform: eks:ListClusters on resource: arn:aws:eks:eu-central-1:111122223333:cluster/* because no identity-based policy allows the eks:ListClusters action',
    );
  });

  test('refuses in the protocol of each service', async () => {
    await start({ buckets: ['reports'] });
    const config = askAs(local, { deny: ['*'] });

    expect(await refusal(new IAMClient(config).send(new GetUserCommand({ UserName: 'alice' })))).toMatch(
      /^AccessDenied: User: /,
    );
    expect(await refusal(new S3Client(config).send(new GetObjectCommand({ Bucket: 'reports', Key: 'x' })))).toMatch(
      /^AccessDenied: User: /,
    );
    expect(await refusal(new STSClient(config).send(new GetCallerIdentityCommand({})))).toBe('answered');
  });

  test('tells expired credentials from unknown ones', async () => {
    await start();
    const unknown = { ...askAs(local), credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' } };

    expect(await listClusters({ isExpired: true })).toBe(
      'ExpiredTokenException: The security token included in the request is expired',
    );
    expect(await refusal(new EKSClient(unknown).send(new ListClustersCommand({})))).toBe(
      'UnrecognizedClientException: The security token included in the request is invalid.',
    );
  });
});

describe('local AWS: models', () => {
  test('answers every operation of the models', async () => {
    await start();
    const services = createServices({
      identities: createIdentities(),
      queries: new Map(),
      buckets: new Map(),
      published: [],
      trail: undefined,
    });
    const answered = [...services].flatMap(([service, handlers]) =>
      Object.keys(handlers).map((name) => `${service}:${name}`),
    );

    expect(answered.sort()).toEqual([...listOperationNames()].sort());
  });

  test('refuses a member that AWS does not know, and remembers it', async () => {
    await start();
    const { accessKeyId } = local.credentials({ account: '111122223333' });
    const answer = await post({
      target: 'CloudTrail_20131101.LookupEvents',
      service: 'cloudtrail',
      accessKeyId,
      body: '{"MaxResult":5,"StartTime":"x"}',
    });

    expect(answer).toBe(
      '{"__type":"ValidationException","message":"2 validation errors detected: MaxResult: no member of the model; StartTime: expected timestamp, got string"}',
    );
    expect(local.problems).toEqual([
      'request cloudtrail:LookupEvents MaxResult: no member of the model',
      'request cloudtrail:LookupEvents StartTime: expected timestamp, got string',
    ]);
  });
});

describe('local AWS: limits', () => {
  test('grants two lookups a second in a region, by its own clock', async () => {
    let now = Date.parse('2026-11-21T03:00:00Z');
    await start({ clock: () => now });
    const client = new CloudTrailClient(askAs(local));
    const lookup = (): Promise<string> => refusal(client.send(new LookupEventsCommand({})));

    expect([await lookup(), await lookup(), await lookup()]).toEqual([
      'answered',
      'answered',
      'ThrottlingException: Rate exceeded',
    ]);
    now += 500;
    expect([await lookup(), await lookup()]).toEqual(['answered', 'ThrottlingException: Rate exceeded']);
    expect(
      await refusal(new CloudTrailClient(askAs(local, { region: 'us-east-1' })).send(new LookupEventsCommand({}))),
    ).toBe('answered');
  });
});

describe('local AWS: faults', () => {
  const met = async (injection: Injection, maxAttempts = 1): Promise<string> => {
    await start({ slowMs: 5_000 });
    local.inject(injection);
    const client = new EKSClient({
      ...askAs(local),
      maxAttempts,
      requestHandler: { requestTimeout: 100, throwOnRequestTimeout: true },
    });
    return refusal(client.send(new ListClustersCommand({})));
  };

  test.each([
    ['throttle', /^ThrottlingException: Rate exceeded/],
    ['server-error', /^InternalFailure/],
    ['reset', /ECONNRESET|socket hang up/],
    ['half-answer', /aborted|ECONNRESET|terminated/],
    ['slow', /^TimeoutError/],
    ['expired-credentials', /^ExpiredTokenException/],
    ['denied', /^AccessDeniedException: User/],
  ] as const)('meets a call with %s, once', async (fault, expected) => {
    expect(await met({ operation: 'eks:ListClusters', fault })).toMatch(expected);
    expect(await listClusters()).toBe('answered');
    expect(local.unmet()).toEqual([]);
  });

  test('leaves calls before and after alone, and heals by a second attempt', async () => {
    expect(await met({ operation: 'eks:ListClusters', fault: 'server-error' }, 3)).toBe('answered');
    expect(local.calls.map(({ fault }) => fault)).toEqual(['server-error', undefined]);
  });

  test('says which fault met nothing', async () => {
    await met({ operation: 'eks:ListClusters', nth: 2, fault: 'reset' });

    expect(local.unmet()).toEqual([{ operation: 'eks:ListClusters', nth: 2, fault: 'reset' }]);
  });

  test('lets a token expire, and a list change between its pages', async () => {
    const entries = async (): Promise<readonly string[]> => {
      const found: string[] = [];
      const client = new EKSClient(askAs(local));
      for await (const page of paginateListAccessEntries({ client }, { clusterName: 'payments' }))
        found.push(...(page.accessEntries ?? []));
      return found;
    };
    await start();
    const undisturbed = await entries();
    local.inject({ operation: 'eks:ListAccessEntries', fault: 'results-change' });
    const changed = await entries();
    local.inject({ operation: 'eks:ListAccessEntries', fault: 'expired-token' });

    expect(changed).toEqual([...undisturbed.slice(0, 2), ...undisturbed.slice(1)]);
    expect(await refusal(entries())).toBe('InvalidParameterException: Invalid nextToken');
  });

  test.each([
    ['query-failed', 'Failed'],
    ['query-timeout', 'Timeout'],
    ['query-cancelled', 'Cancelled'],
  ] as const)('ends a query by %s', async (fault, status) => {
    await start();
    local.inject({ operation: 'logs:GetQueryResults', fault });
    const client = new CloudWatchLogsClient(askAs(local));
    const logGroupNames = ['/aws/eks/payments/cluster'];
    const window = { startTime: 1_793_491_200, endTime: 1_795_219_200 };
    const { queryId } = await client.send(
      new StartQueryCommand({ ...window, queryString: 'fields @message | limit 5', logGroupNames }),
    );

    expect((await client.send(new GetQueryResultsCommand({ queryId }))).status).toBe(status);
    expect((await client.send(new GetQueryResultsCommand({ queryId }))).status).toBe(status);
  });
});

interface Posted {
  readonly target: string;
  readonly service: string;
  readonly accessKeyId: string;
  readonly body: string;
}

function post({ target, service, accessKeyId, body }: Posted): Promise<string> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261121/eu-central-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  return new Promise((resolve, reject) => {
    const sent = request(
      local.url,
      { method: 'POST', headers: { authorization, 'x-amz-target': target } },
      async (answer) => {
        resolve((await answer.toArray()).join(''));
      },
    );
    sent.on('error', reject).end(body);
  });
}
