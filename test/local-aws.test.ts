import {
  DescribeAccessEntryCommand,
  DescribeClusterCommand,
  EKSClient,
  paginateListAccessEntries,
  paginateListClusters,
} from '@aws-sdk/client-eks';
import { IAMClient, paginateGetAccountAuthorizationDetails } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LocalAws, startLocalAws } from './support/local-aws/local-aws.ts';

const FOLDER = new URL('../events/estate', import.meta.url).pathname;
const ACCOUNT = '111122223333';
const REGION = 'eu-central-1';

let local: LocalAws;

beforeEach(async () => {
  local = await startLocalAws({ folder: FOLDER });
});

afterEach(async () => {
  await local.close();
});

interface Asking {
  readonly account?: string;
  readonly region?: string;
  readonly deny?: readonly string[];
  readonly isExpired?: boolean;
}

function config({ region = REGION, account = ACCOUNT, ...rights }: Asking = {}) {
  return { endpoint: local.url, region, credentials: local.credentials({ account, ...rights }), maxAttempts: 1 };
}

async function outcome(sent: Promise<unknown>): Promise<string> {
  return sent.then(
    () => 'answered',
    (error: Error) => `${error.name}: ${error.message}`,
  );
}

describe('local AWS: credentials', () => {
  test('names the account that a key belongs to', async () => {
    const { Account, Arn } = await new STSClient(config()).send(new GetCallerIdentityCommand({}));

    expect({ Account, Arn }).toEqual({
      Account: ACCOUNT,
      Arn: 'arn:aws:sts::111122223333:assumed-role/auditor/session',
    });
    expect(local.problems).toEqual([]);
  });

  test('goes on as a role of another account, with the rights of the role', async () => {
    const roleArn = 'arn:aws:iam::444455556666:role/keyholder-member';
    local.addRole(roleArn, { deny: ['eks:ListClusters'] });

    const { Credentials } = await new STSClient(config()).send(
      new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'audit' }),
    );
    const {
      AccessKeyId: accessKeyId = '',
      SecretAccessKey: secretAccessKey = '',
      SessionToken: sessionToken = '',
    } = Credentials ?? {};
    const credentials = { accessKeyId, secretAccessKey, sessionToken };
    const member = { ...config(), credentials };

    expect((await new STSClient(member).send(new GetCallerIdentityCommand({}))).Arn).toBe(
      'arn:aws:sts::444455556666:assumed-role/keyholder-member/audit',
    );
    expect(await outcome(new EKSClient(member).send(new DescribeClusterCommand({ name: 'orders' })))).toMatch(
      /^ResourceNotFoundException/,
    );
  });
});

describe('local AWS: EKS', () => {
  test('lists clusters and entries in small pages, and describes each', async () => {
    const client = new EKSClient(config());
    const clusters: string[] = [];
    for await (const page of paginateListClusters({ client }, {})) clusters.push(...(page.clusters ?? []));
    const entries: string[] = [];
    for await (const page of paginateListAccessEntries({ client }, { clusterName: 'payments' }))
      entries.push(...(page.accessEntries ?? []));
    const { accessEntry } = await client.send(
      new DescribeAccessEntryCommand({ clusterName: 'payments', principalArn: entries[0] ?? '' }),
    );

    expect(clusters).toEqual(['archive', 'legacy', 'payments']);
    expect(entries.length).toBeGreaterThan(2);
    expect(accessEntry?.createdAt).toEqual(new Date('2026-03-02T09:19:00Z'));
    expect(local.countCalls()['111122223333/eu-central-1/eks:ListClusters']).toBe(2);
    expect(local.problems).toEqual([]);
  });
});

describe('local AWS: IAM', () => {
  test('pages through users, groups and roles, with policies as the API writes them', async () => {
    const client = new IAMClient(config());
    const roles: string[] = [];
    let trust = '';
    for await (const page of paginateGetAccountAuthorizationDetails({ client }, {}))
      for (const role of page.RoleDetailList ?? []) {
        roles.push(role.RoleName ?? '');
        trust = role.AssumeRolePolicyDocument ?? '';
      }

    expect(roles).toContain('cluster-pipeline');
    expect(trust).toMatch(/^%7B%22Version%22/);
    expect(local.problems).toEqual([]);
  });
});
