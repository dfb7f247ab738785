import { describe, expect, test } from 'vitest';
import { listKeyRanges, parseTrailBucket, parseTrailKey } from '../../shared/aws/trail-keys.ts';

const BUCKET = { bucket: 'example-trail', root: 'AWSLogs' };
const PLACE = { account: '111122223333', region: 'eu-central-1' };
const at = (time: string): number => Date.parse(time);

describe('trail keys', () => {
  test.each([
    ['example-trail', 'AWSLogs'],
    ['s3://example-trail/', 'AWSLogs'],
    ['s3://example-trail/audit/', 'audit/AWSLogs'],
    ['s3://example-trail/audit/AWSLogs/o-example1234', 'audit/AWSLogs/o-example1234'],
  ])('finds bucket and root in %s', (text, root) => {
    expect(parseTrailBucket(text)).toEqual({ bucket: 'example-trail', root });
  });

  test.each(['', 's3://', 'No Bucket', '../up'])('refuses %j, which is no bucket', (text) => {
    expect(parseTrailBucket(text)).toBeNull();
  });

  test('lists one prefix of one day, from the minute of the moment on', () => {
    expect(listKeyRanges(BUCKET, PLACE, [at('2026-03-02T09:15:30Z')])).toEqual([
      {
        prefix:
          'AWSLogs/111122223333/CloudTrail/eu-central-1/2026/03/02/111122223333_CloudTrail_eu-central-1_20260302T',
        startAfter:
          'AWSLogs/111122223333/CloudTrail/eu-central-1/2026/03/02/111122223333_CloudTrail_eu-central-1_20260302T0914',
        lastMinute: '20260302T0945',
        fromMs: at('2026-03-02T09:14:30Z'),
        toMs: at('2026-03-02T09:45:30Z'),
      },
    ]);
  });

  test('joins moments that lie close, and splits a range at midnight', () => {
    const times = ['2026-03-02T23:50:00Z', '2026-03-02T23:40:00Z', '2026-05-01T12:00:00Z'].map(at);

    const ranges = listKeyRanges(BUCKET, PLACE, times).map(({ prefix, startAfter, lastMinute }) => [
      prefix.slice(-9),
      startAfter.slice(-4),
      lastMinute,
    ]);

    expect(ranges).toEqual([
      ['20260302T', '2339', '20260302T2359'],
      ['20260303T', '0000', '20260303T0020'],
      ['20260501T', '1159', '20260501T1230'],
    ]);
  });

  test('reads the minute out of a name, and passes over siblings and names that lead elsewhere', () => {
    const folder = 'AWSLogs/111122223333/CloudTrail/eu-central-1/2026/03/02';
    const name = '111122223333_CloudTrail_eu-central-1_20260302T0920Z_nFoeZoXsgytHeQVN.json.gz';

    expect(parseTrailKey(`${folder}/${name}`)).toEqual({
      file: 'eu-central-1/2026/03/02/111122223333_CloudTrail_eu-central-1_20260302T0920Z_nFoeZoXsgytHeQVN.json',
      minute: '20260302T0920',
    });
    expect(parseTrailKey(`${folder.replace('CloudTrail', 'CloudTrail-Digest')}/${name}`)).toBeNull();
    expect(parseTrailKey(`${folder}/../../../../${name}`)).toBeNull();
  });
});
