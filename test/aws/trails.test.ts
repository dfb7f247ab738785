import { describe, expect, test } from 'vitest';
import { readTrails } from '../../shared/aws/trails.ts';
import { type LiveAws, type LiveAwsOptions, openLiveAws } from '../support/live-aws.ts';
import { makeFolder } from '../support/temp-folder.ts';

const PLACE = { account: '111122223333', region: 'eu-central-1' };
const FILE = '111122223333/eu-central-1/trails.json';
const TRAIL = {
  Name: 'all-events',
  S3BucketName: 'example-trail',
  TrailARN: 'arn:aws:cloudtrail:eu-central-1:111122223333:trail/all-events',
  HomeRegion: 'eu-central-1',
  IsMultiRegionTrail: true,
};

function openTrails(options: LiveAwsOptions = {}): Promise<LiveAws> {
  const status = { IsLogging: false, StopLoggingTime: '2026-11-20T00:00:00+00:00' };
  const eventSelectors = [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true }];
  const text = JSON.stringify({ trailList: [{ ...TRAIL, status, eventSelectors }] });
  return openLiveAws({ folder: makeFolder({ [FILE]: text }), ...options });
}

describe('trails adapter', () => {
  test('writes each trail with its status and selectors', async () => {
    const { access, task, files } = await openTrails();

    const read = await readTrails(access, PLACE, task);

    expect(read).toEqual({ coverage: [], queries: [], mends: [] });
    expect(JSON.parse(files.get(FILE) ?? '')).toEqual({
      trailList: [
        {
          ...TRAIL,
          status: { IsLogging: false, StopLoggingTime: '2026-11-20T00:00:00+00:00' },
          eventSelectors: [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true }],
        },
      ],
    });
  });

  test('keeps a trail whose status is denied, and names the trail in the statement that allows it', async () => {
    const { access, task, files } = await openTrails({ caller: { deny: ['cloudtrail:GetTrailStatus'] } });

    const read = await readTrails(access, PLACE, task);

    expect(read.coverage).toMatchObject([{ source: 'trails', ...PLACE, cluster: null, status: 'partial' }]);
    expect(read.mends[0]?.mend).toContain(`"Action":"cloudtrail:GetTrailStatus","Resource":"${TRAIL.TrailARN}"`);
    expect(JSON.parse(files.get(FILE) ?? '').trailList).toMatchObject([{ Name: 'all-events' }]);
  });

  test.each(['throttle', 'server-error', 'reset'] as const)('gets over one %s', async (fault) => {
    const { access, task, aws } = await openTrails();
    aws.inject({ operation: 'cloudtrail:DescribeTrails', fault });

    expect((await readTrails(access, PLACE, task)).coverage).toEqual([]);
    expect(aws.unmet()).toEqual([]);
  });

  test('writes nothing where trails cannot be listed', async () => {
    const { access, task, files, aws } = await openTrails();
    aws.inject({ operation: 'cloudtrail:DescribeTrails', fault: 'server-error', times: 2 });

    const read = await readTrails(access, PLACE, task);

    expect(files.size).toBe(0);
    expect(read.coverage).toMatchObject([{ source: 'trails', status: 'unavailable' }]);
  });
});
