import { gunzipSync } from 'node:zlib';
import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetTrailStatusCommand,
  paginateLookupEvents,
} from '@aws-sdk/client-cloudtrail';
import {
  DescribeAccessEntryCommand,
  DescribeClusterCommand,
  DescribeIdentityProviderConfigCommand,
  EKSClient,
  ListAccessEntriesCommand,
  ListAssociatedAccessPoliciesCommand,
  ListClustersCommand,
  ListIdentityProviderConfigsCommand,
  paginateListAccessEntries,
  paginateListClusters,
} from '@aws-sdk/client-eks';
import { GuardDutyClient, ListDetectorsCommand } from '@aws-sdk/client-guardduty';
import { GetRoleCommand, IAMClient, paginateGetAccountAuthorizationDetails } from '@aws-sdk/client-iam';
import { IdentitystoreClient, ListGroupMembershipsCommand, paginateListUsers } from '@aws-sdk/client-identitystore';
import { DescribeOrganizationCommand, OrganizationsClient, paginateListAccounts } from '@aws-sdk/client-organizations';
import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ListAccountAssignmentsCommand, ListInstancesCommand, SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACCOUNT, askAs, refusal, startEstate } from './support/local-aws/estate-client.ts';
import type { LocalAws } from './support/local-aws/local-aws.ts';

const TRAIL = { bucket: 'trail-bucket', organizationId: 'o-example1234' };
let local: LocalAws;

beforeEach(async () => {
  local = await startEstate({
    trail: TRAIL,
    buckets: ['reports'],
    limits: { 'cloudtrail:LookupEvents': Number.POSITIVE_INFINITY },
  });
});

afterEach(async () => {
  await local.close();
});

async function collect<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return items;
}

describe('local AWS: STS', () => {
  test('names the account that a key belongs to', async () => {
    const { Account, Arn } = await new STSClient(askAs(local)).send(new GetCallerIdentityCommand({}));

    expect({ Account, Arn }).toEqual({
      Account: ACCOUNT,
      Arn: 'arn:aws:sts::111122223333:assumed-role/auditor/session',
    });
    expect(local.problems).toEqual([]);
  });

  test('goes on as a role of another account, with the rights of the role', async () => {
    const roleArn = 'arn:aws:iam::444455556666:role/keyholder-member';
    local.addRole(roleArn, { deny: ['eks:ListClusters'] });

    const { Credentials } = await new STSClient(askAs(local)).send(
      new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'audit' }),
    );
    const {
      AccessKeyId: accessKeyId = '',
      SecretAccessKey: secretAccessKey = '',
      SessionToken: sessionToken = '',
    } = Credentials ?? {};
    const member = {
      ...askAs(local),
      region: 'us-east-1',
      credentials: { accessKeyId, secretAccessKey, sessionToken },
    };
    const { cluster } = await new EKSClient(member).send(new DescribeClusterCommand({ name: 'orders' }));

    expect(cluster?.arn).toBe('arn:aws:eks:us-east-1:444455556666:cluster/orders');
    expect(await refusal(new EKSClient(member).send(new ListClustersCommand({})))).toBe(
      'AccessDeniedException: User: arn:aws:sts::444455556666:assumed-role/keyholder-member/audit is not authorized to perform: eks:ListClusters on resource: arn:aws:eks:us-east-1:444455556666:cluster/* with an explicit deny in an identity-based policy',
    );
  });

  test('refuses a role that nobody gave it', async () => {
    const sent = new STSClient(askAs(local)).send(
      new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::444455556666:role/none', RoleSessionName: 'audit' }),
    );

    expect(await refusal(sent)).toMatch(
      /^AccessDenied: User: .* is not authorized to perform: sts:AssumeRole on resource/,
    );
  });
});

describe('local AWS: EKS', () => {
  test('lists clusters and entries in small pages, and describes each', async () => {
    const client = new EKSClient(askAs(local));
    const clusterName = 'payments';
    const clusters = await collect(paginateListClusters({ client }, {}), (page) => page.clusters);
    const entries = await collect(paginateListAccessEntries({ client }, { clusterName }), (page) => page.accessEntries);
    const principalArn = entries[0] ?? '';
    const { accessEntry } = await client.send(new DescribeAccessEntryCommand({ clusterName, principalArn }));
    const { associatedAccessPolicies } = await client.send(
      new ListAssociatedAccessPoliciesCommand({ clusterName, principalArn }),
    );

    expect(clusters).toEqual(['archive', 'legacy', 'payments']);
    expect(principalArn).toBe('arn:aws:iam::111122223333:role/ci/cluster-pipeline');
    expect(accessEntry?.createdAt).toEqual(new Date('2026-03-02T09:19:00Z'));
    expect(associatedAccessPolicies?.[0]?.accessScope).toEqual({ type: 'cluster', namespaces: [] });
    expect(local.countCalls()['111122223333/eu-central-1/eks:ListClusters']).toBe(2);
    expect(local.problems).toEqual([]);
  });

  test('describes the identity provider that a list names', async () => {
    const client = new EKSClient(askAs(local));
    const { identityProviderConfigs = [] } = await client.send(
      new ListIdentityProviderConfigsCommand({ clusterName: 'payments' }),
    );
    const described = await client.send(
      new DescribeIdentityProviderConfigCommand({
        clusterName: 'payments',
        identityProviderConfig: identityProviderConfigs[0],
      }),
    );

    expect(identityProviderConfigs).toEqual([{ type: 'oidc', name: 'corp' }]);
    expect(described.identityProviderConfig?.oidc?.issuerUrl).toBe('https://login.example.com');
    expect(local.problems).toEqual([]);
  });

  test('answers about entries of a cluster in CONFIG_MAP mode with an error', async () => {
    const sent = new EKSClient(askAs(local)).send(new ListAccessEntriesCommand({ clusterName: 'legacy' }));

    expect(await refusal(sent)).toMatch(
      /^InvalidRequestException: The cluster's authentication mode must be set to one of/,
    );
    expect(local.problems).toEqual([]);
  });
});

describe('local AWS: IAM', () => {
  test('pages through users, groups and roles, with policies as the API writes them', async () => {
    const client = new IAMClient(askAs(local));
    const roles = await collect(paginateGetAccountAuthorizationDetails({ client }, {}), (page) => page.RoleDetailList);

    expect(roles.map(({ RoleName }) => RoleName)).toContain('cluster-pipeline');
    expect(roles[0]?.AssumeRolePolicyDocument).toMatch(/^%7B%22Version%22/);
    expect(local.problems).toEqual([]);
  });

  test('says that a role does not exist', async () => {
    const sent = new IAMClient(askAs(local)).send(new GetRoleCommand({ RoleName: 'gone' }));

    expect(await refusal(sent)).toBe('NoSuchEntityException: The role with name gone cannot be found.');
  });
});

describe('local AWS: CloudTrail', () => {
  test('looks events up by name, newest first, each in its wrapper', async () => {
    const client = new CloudTrailClient(askAs(local));
    const LookupAttributes = [{ AttributeKey: 'EventSource' as const, AttributeValue: 'eks.amazonaws.com' }];
    const events = await collect(paginateLookupEvents({ client }, { LookupAttributes }), (page) => page.Events);
    const times = events.map(({ EventTime }) => EventTime?.getTime() ?? 0);

    expect(events.length).toBeGreaterThan(5);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(JSON.parse(events[0]?.CloudTrailEvent ?? '')).toMatchObject({ eventSource: 'eks.amazonaws.com' });
    expect(local.problems).toEqual([]);
  });

  test('describes the trail that writes the bucket where the evidence has none', async () => {
    const client = new CloudTrailClient(askAs(local, { region: 'eu-west-1' }));
    const { trailList = [] } = await client.send(new DescribeTrailsCommand({}));
    const { IsLogging } = await client.send(new GetTrailStatusCommand({ Name: trailList[0]?.TrailARN }));

    expect(trailList[0]).toMatchObject({ S3BucketName: 'trail-bucket', IsOrganizationTrail: true });
    expect(IsLogging).toBe(true);
    expect(local.problems).toEqual([]);
  });
});

describe('local AWS: Identity Center, Organizations and GuardDuty', () => {
  test('walks from the instance to the people of a group', async () => {
    const admin = new SSOAdminClient(askAs(local));
    const { Instances: [{ InstanceArn, IdentityStoreId } = {}] = [] } = await admin.send(new ListInstancesCommand({}));
    const { AccountAssignments } = await admin.send(
      new ListAccountAssignmentsCommand({
        InstanceArn,
        AccountId: ACCOUNT,
        PermissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-0example/ps-0platform',
      }),
    );
    const client = new IdentitystoreClient(askAs(local));
    const users = await collect(paginateListUsers({ client }, { IdentityStoreId }), (page) => page.Users);
    const { GroupMemberships } = await client.send(
      new ListGroupMembershipsCommand({ IdentityStoreId, GroupId: 'g-platform' }),
    );

    expect(AccountAssignments?.map(({ PrincipalId }) => PrincipalId)).toEqual(['g-platform', 'u-erin']);
    expect(users.map(({ UserName }) => UserName)).toEqual(['alice@example.com', 'bob@example.com', 'erin@example.com']);
    expect(GroupMemberships?.map(({ MemberId }) => MemberId?.UserId)).toEqual(['u-alice', 'u-bob']);
    expect(local.problems).toEqual([]);
  });

  test('tells the organisation and its accounts', async () => {
    const client = new OrganizationsClient(askAs(local));
    const { Organization } = await client.send(new DescribeOrganizationCommand({}));
    const accounts = await collect(paginateListAccounts({ client }, {}), (page) => page.Accounts);

    expect(Organization?.Id).toBe('o-example1234');
    expect(accounts.map(({ Id }) => Id)).toEqual(['111122223333', '444455556666']);
    expect(local.problems).toEqual([]);
  });

  test('has no detector where the evidence has none', async () => {
    const client = new GuardDutyClient(askAs(local, { region: 'eu-west-1' }));
    const { DetectorIds } = await client.send(new ListDetectorsCommand({}));

    expect(DetectorIds).toEqual([]);
    expect(local.problems).toEqual([]);
  });
});

describe('local AWS: S3 and SNS', () => {
  test('lists the days of a trail by delimiter, and gives its files', async () => {
    const client = new S3Client(askAs(local));
    const Prefix = 'AWSLogs/o-example1234/444455556666/CloudTrail/us-east-1/';
    const keys = await collect(
      paginateListObjectsV2({ client }, { Bucket: 'trail-bucket', Prefix }),
      (page) => page.Contents,
    );
    const years = await collect(
      paginateListObjectsV2({ client }, { Bucket: 'trail-bucket', Prefix, Delimiter: '/' }),
      (page) => page.CommonPrefixes,
    );
    const { Body } = await client.send(new GetObjectCommand({ Bucket: 'trail-bucket', Key: keys[0]?.Key }));
    const { Records } = JSON.parse(gunzipSync((await Body?.transformToByteArray()) ?? '').toString());

    expect(keys[0]?.Key).toMatch(
      /us-east-1\/2026\/\d\d\/\d\d\/444455556666_CloudTrail_us-east-1_2026\d{4}T\d{4}Z_\w{16}\.json\.gz$/,
    );
    expect(years.map((year) => year.Prefix)).toEqual([`${Prefix}2026/`]);
    expect(Records[0].recipientAccountId ?? Records[0].userIdentity.accountId).toBe('444455556666');
    expect(local.problems).toEqual([]);
  });

  test('keeps an object that is put, and only the first of two that must be new', async () => {
    const client = new S3Client(askAs(local));
    const place = { Bucket: 'reports', Key: 'daily/report one.json' };
    await client.send(new PutObjectCommand({ ...place, Body: '{"a":1}', IfNoneMatch: '*', Metadata: { run: '7' } }));
    const { ContentLength, Metadata } = await client.send(new HeadObjectCommand(place));

    expect({ ContentLength, Metadata }).toEqual({ ContentLength: 7, Metadata: { run: '7' } });
    expect(await refusal(client.send(new PutObjectCommand({ ...place, Body: 'b', IfNoneMatch: '*' })))).toMatch(
      /^PreconditionFailed/,
    );
    expect(await refusal(client.send(new GetObjectCommand({ ...place, Key: 'none' })))).toMatch(/^NoSuchKey/);
    expect(local.problems).toEqual([]);
  });

  test('takes a message with its attributes', async () => {
    const MessageAttributes = { severity: { DataType: 'String', StringValue: 'high' } };
    const TopicArn = 'arn:aws:sns:eu-central-1:111122223333:findings';
    await new SNSClient(askAs(local)).send(
      new PublishCommand({ TopicArn, Subject: 'payments', Message: 'text', MessageAttributes }),
    );

    expect(local.published).toEqual([
      { topicArn: TopicArn, subject: 'payments', message: 'text', attributes: MessageAttributes },
    ]);
    expect(local.problems).toEqual([]);
  });
});
