import { describe, expect, test } from 'vitest';
import { readEksCluster } from '../../shared/aws/eks.ts';
import { readTrailFiles } from '../../shared/aws/trail-bucket.ts';
import { parseTrailBucket } from '../../shared/aws/trail-keys.ts';
import { listMoments, type TrailMoment } from '../../shared/aws/trail-moments.ts';
import { type LiveAws, openLiveAws, PLACE } from '../support/live-aws.ts';

const TRAIL = { trail: { bucket: 'example-trail' } };
const CREATION: TrailMoment = {
  atMs: Date.parse('2026-03-02T09:15:00Z'),
  cluster: 'payments',
  principalArn: null,
  eventNames: ['CreateCluster'],
};

function search(moments: readonly TrailMoment[], bucket = 'example-trail') {
  return { bucket: parseTrailBucket(bucket) ?? { bucket: '', root: '' }, place: PLACE, moments };
}

function count({ aws }: LiveAws, name: string): number {
  return aws.calls.filter((call) => call.name === name).length;
}

describe('trail bucket', () => {
  test('finds the record of a creation that the event history has forgotten, in one listing and few files', async () => {
    const live = await openLiveAws(TRAIL);

    const read = await readTrailFiles(live.access, search([CREATION]), live.task);

    expect(read).toMatchObject({ files: 1, failures: [], gaps: [] });
    expect(read.bytes).toBeGreaterThan(100);
    expect({ listed: count(live, 's3:ListObjectsV2'), got: count(live, 's3:GetObject') }).toEqual({
      listed: 1,
      got: 1,
    });
    const [[file, text] = ['', '']] = [...live.files];
    expect(file).toMatch(/^111122223333\/cloudtrail\/eu-central-1\/2026\/03\/02\/111122223333_CloudTrail_\S+\.json$/);
    const { Records } = JSON.parse(text);
    expect(Records).toMatchObject([{ eventName: 'CreateCluster', requestParameters: { name: 'payments' } }]);
  });

  test('lists nothing but the day and hours of the moments', async () => {
    const live = await openLiveAws(TRAIL);
    const { cluster, entries } = await readEksCluster(live.access, PLACE, live.task);

    const read = await readTrailFiles(live.access, search(listMoments(PLACE, { cluster, entries }, false)), live.task);

    expect(read.failures).toEqual([]);
    expect(read.files).toBeLessThan(live.aws.buckets.get('example-trail')?.size ?? 0);
  });

  test('does not look for a creator that is known', async () => {
    const live = await openLiveAws(TRAIL);
    const { cluster, entries } = await readEksCluster(live.access, PLACE, live.task);

    const moments = listMoments(PLACE, { cluster, entries }, true);

    expect(moments.some(({ eventNames }) => eventNames.includes('CreateCluster'))).toBe(false);
  });

  test('looks for the calls alone that an answer depends on', async () => {
    const live = await openLiveAws(TRAIL);
    const sources = live.open({ trailBucket: 'example-trail' });
    await sources.readEks(PLACE, live.task);

    await sources.readTrailFiles?.(PLACE, { ...live.task, calls: ['CreateCluster'] });

    const files = [...live.files.keys()].filter((file) => file.startsWith('111122223333/cloudtrail/'));
    expect({ listed: count(live, 's3:ListObjectsV2'), kept: files.length }).toEqual({ listed: 1, kept: 1 });
  });

  test('is left alone where the event history is asked for some calls', async () => {
    const live = await openLiveAws(TRAIL);
    const sources = live.open({ trailBucket: 'example-trail' });
    await sources.readEks(PLACE, live.task);

    const read = await sources.readCloudTrail([PLACE], { ...live.task, calls: ['DeleteAccessEntry', 'DeleteRole'] });

    expect(read.coverage.map(({ region, status, calls }) => [region, status, calls])).toEqual([
      ['eu-central-1', 'complete', ['DeleteAccessEntry']],
      ['us-east-1', 'complete', ['DeleteRole']],
    ]);
    expect({ asked: count(live, 'cloudtrail:LookupEvents'), listed: count(live, 's3:ListObjectsV2') }).toEqual({
      asked: 2,
      listed: 0,
    });
  });

  test('asks again for a file that broke off', async () => {
    const live = await openLiveAws(TRAIL);
    live.aws.inject({ operation: 's3:GetObject', fault: 'half-answer' });

    const read = await readTrailFiles(live.access, search([CREATION]), live.task);

    expect(live.aws.unmet()).toEqual([]);
    expect(read).toMatchObject({ files: 1, failures: [], gaps: [] });
  });

  test('stops at once where it may not list, and says what allows it', async () => {
    const live = await openLiveAws({ ...TRAIL, caller: { deny: ['s3:ListBucket'] } });
    const later = { ...CREATION, atMs: CREATION.atMs + 30 * 24 * 3_600_000 };

    const read = await readTrailFiles(live.access, search([CREATION, later]), live.task);

    expect(read.files).toBe(0);
    expect(read.failures).toMatchObject([{ status: 'denied' }]);
    expect(read.failures[0]?.mend).toContain('"Action":"s3:ListBucket","Resource":"arn:aws:s3:::example-trail"');
  });

  test('says that there is no such bucket', async () => {
    const live = await openLiveAws(TRAIL);

    const read = await readTrailFiles(live.access, search([CREATION], 'other-bucket'), live.task);

    expect(read.failures).toMatchObject([{ reason: 's3:ListBucket on bucket other-bucket: it is not there' }]);
  });
});
