import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ESTATE } from './support/estate.ts';
import { ACCOUNT, REGION } from './support/local-aws/estate-client.ts';
import { type LocalAws, startLocalAws } from './support/local-aws/local-aws.ts';

/** With the command line of AWS where there is one; where there is none, these tests count as skipped, and say why. */
const version = spawnSync('aws', ['--version'], { encoding: 'utf8' });
const isThere = version.status === 0;
const named = isThere ? 'aws' : 'aws (not installed here: not driven)';
const run = promisify(execFile);
const SECONDS = 60_000;

let local: LocalAws;

beforeEach(async () => {
  local = await startLocalAws({ folder: ESTATE, trail: { bucket: 'trail-bucket' } });
});

afterEach(async () => {
  await local.close();
});

async function aws(...words: readonly string[]): Promise<unknown> {
  const { accessKeyId, secretAccessKey, sessionToken } = local.credentials({ account: ACCOUNT });
  const env = {
    PATH: process.env.PATH,
    HOME: ESTATE,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_DEFAULT_REGION: REGION,
    AWS_PAGER: '',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const { stdout } = await run('aws', ['--endpoint-url', local.url, '--output', 'json', ...words], { env });
  return JSON.parse(stdout);
}

describe.skipIf(!isThere)(`local AWS, driven by ${named}`, () => {
  test('prints what the evidence folder holds, over each protocol', { timeout: SECONDS }, async () => {
    const [clusters, groups, roles, trail] = await Promise.all([
      aws('eks', 'list-clusters'),
      aws('logs', 'describe-log-groups', '--log-group-name-prefix', '/aws/eks/payments/cluster'),
      aws('iam', 'get-account-authorization-details', '--filter', 'Role'),
      aws('s3api', 'list-objects-v2', '--bucket', 'trail-bucket', '--prefix', 'AWSLogs/444455556666/'),
    ]);

    expect(clusters).toEqual({ clusters: ['archive', 'legacy', 'payments'] });
    expect(groups).toMatchObject({ logGroups: [{ logGroupName: '/aws/eks/payments/cluster', retentionInDays: 90 }] });
    expect(roles).toMatchObject({
      RoleDetailList: expect.arrayContaining([expect.objectContaining({ RoleName: 'cluster-pipeline' })]),
    });
    expect(trail).toMatchObject({
      Contents: [{ Key: expect.stringMatching(/^AWSLogs\/444455556666\/CloudTrail\/us-east-1\/2026\//) }],
    });
    expect(local.problems).toEqual([]);
  });
});
