import { describe, expect, test } from 'vitest';
import { parseIdentityCenter } from '../../shared/evidence/identity-center.ts';
import { parseOrganization } from '../../shared/evidence/organization.ts';
import { openLiveAws, PLACE } from '../support/live-aws.ts';

const { account, region } = PLACE;

describe('live sources', () => {
  test('name the caller', async () => {
    const { open } = await openLiveAws();

    expect(await open().readCaller()).toEqual({
      arn: 'arn:aws:sts::111122223333:assumed-role/auditor/session',
      account,
      userId: 'AROAEXAMPLEAUDITOR001:session',
    });
  });

  test('throw where the credentials are refused, since nothing can go on', async () => {
    const { open } = await openLiveAws({ caller: { isExpired: true } });

    await expect(open().readCaller()).rejects.toMatchObject({
      code: 'read-failed',
      message: expect.stringContaining('the credentials have expired. Sign in again'),
    });
  });

  test('read the directory and the organisation of an account, which the parsers understand in whole', async () => {
    const { open, task, files } = await openLiveAws();

    const read = await open().readAccount(account, task);

    expect(read.coverage).toEqual([]);
    const center = parseIdentityCenter(files.get(`${account}/identity-center.json`) ?? '', 'identity-center.json');
    expect(center).toMatchObject({ skips: [], complete: true });
    expect(center.assignments?.map(({ user, permissionSet }) => `${user}: ${permissionSet}`)).toEqual([
      'alice@example.com (Alice): PlatformAdmin',
      'bob@example.com (Bob): PlatformAdmin',
      'erin@example.com (Erin): PlatformAdmin',
    ]);
    const organization = parseOrganization(files.get(`${account}/organization.json`) ?? '', 'organization.json');
    expect(organization).toMatchObject({ complete: true, organization: { id: 'o-example1234' } });
  });

  test('keep what an account lets us read where it denies the rest', async () => {
    const { open, task, files } = await openLiveAws({ caller: { deny: ['iam:*', 'organizations:ListAccounts'] } });

    const read = await open().readAccount(account, task);

    expect(read.coverage.map(({ source, status }) => [source, status])).toEqual([
      ['iam', 'denied'],
      ['organizations', 'partial'],
    ]);
    expect([...files.keys()].sort()).toEqual([`${account}/identity-center.json`, `${account}/organization.json`]);
  });

  test('do not take the members of a group that were denied for none', async () => {
    const { open, task, files } = await openLiveAws({ caller: { deny: ['identitystore:ListGroupMemberships'] } });

    const read = await open().readAccount(account, task);

    expect(read.coverage).toMatchObject([{ source: 'identity-center', status: 'partial' }]);
    const center = parseIdentityCenter(files.get(`${account}/identity-center.json`) ?? '', 'identity-center.json');
    expect(center.assignments?.some(({ membersUnread }) => membersUnread)).toBe(true);
  });

  test('read trails and detectors, each for itself', async () => {
    const { open, task, files } = await openLiveAws({ caller: { deny: ['guardduty:ListDetectors'] } });

    const read = await open().readRegion(account, region, task);

    expect(read.coverage).toMatchObject([{ source: 'guardduty', account, region, cluster: null, status: 'denied' }]);
    expect([...files.keys()]).toEqual([`${account}/${region}/trails.json`]);
  });

  test('ask for events of IAM once, however many regions there are', async () => {
    const { open, task, aws } = await openLiveAws();
    const sources = open();

    await sources.readCloudTrail([PLACE], task);
    await sources.readCloudTrail([{ ...PLACE, region: 'eu-west-1' }], task);

    const asked = Object.entries(aws.countCalls()).filter(([name]) => name.endsWith('cloudtrail:LookupEvents'));
    expect(asked).toEqual([
      ['111122223333/eu-central-1/cloudtrail:LookupEvents', 23],
      ['111122223333/eu-west-1/cloudtrail:LookupEvents', 23],
      ['111122223333/us-east-1/cloudtrail:LookupEvents', 5],
    ]);
  });

  test('do not ask who made a cluster whose creator is known', async () => {
    const { open, task, files } = await openLiveAws();
    const clusterArn = 'arn:aws:eks:eu-central-1:111122223333:cluster/payments';
    const sources = open({ knownCreators: [{ clusterArn, life: '2026-03-02T09:15:00Z' }] });
    await sources.readEks(PLACE, task);

    await sources.readCloudTrail([PLACE], task);

    const history = [...files.keys()].filter((file) => file.includes('/cloudtrail/eu-central-1'));
    expect(history).toHaveLength(22);
    expect(history.join()).not.toContain('CreateCluster');
  });

  test('say that the trail was not searched for what EKS did not date', async () => {
    const { open, task } = await openLiveAws({
      trail: { bucket: 'example-trail' },
      caller: { deny: ['eks:DescribeCluster'] },
    });
    const sources = open({ trailBucket: 'example-trail' });
    await sources.readEks(PLACE, task);

    const read = await sources.readCloudTrail([PLACE], task);

    expect(read.coverage[0]).toMatchObject({
      status: 'partial',
      reason: expect.stringMatching(
        /^EKS did not date everything of cluster payments: the trail's files were searched for the rest alone; the trail's/,
      ),
    });
  });

  test('look into the trail bucket for what is older than the history, and say how much was read', async () => {
    const { open, task, files } = await openLiveAws({ trail: { bucket: 'example-trail' } });
    const sources = open({ trailBucket: 's3://example-trail' });
    await sources.readEks(PLACE, task);

    const read = await sources.readCloudTrail([PLACE], task);

    expect(read.coverage.map(({ status }) => status)).toEqual(['complete', 'complete']);
    expect(read.coverage[0]?.reason).toMatch(
      /^the trail's files show no record of CreateAccessEntry of \S+ on payments at 2026-03-02T09:19:00Z, .* and 20 more$/,
    );
    expect(read.queries).toEqual([
      expect.stringMatching(
        /^s3:\/\/example-trail\/AWSLogs\/111122223333\/CloudTrail\/eu-central-1: \d+ files, \d+ bytes,/,
      ),
    ]);
    expect([...files.keys()].some((file) => file.includes('/cloudtrail/eu-central-1/2026/03/02/'))).toBe(true);
  });
});
