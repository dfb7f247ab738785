import { describe, expect, it } from 'vitest';
import { createLink, openReportBucket } from '../../shared/aws/report-bucket.ts';
import { openLiveAws } from '../support/live-aws.ts';
import { openMemoryObjects } from '../support/memory-objects.ts';

const AT = new Date('2026-11-21T03:00:00Z');
const LINK = { bucket: 'keyholder-reports', key: 'reports/night-1/a b.html', at: AT };

describe('openReportBucket', () => {
  it('writes each report under its prefix, and gives the key', async () => {
    const store = openMemoryObjects();

    expect(await openReportBucket(store, 'reports/night-1/').write('report.txt', 'two clusters')).toBe(
      'reports/night-1/report.txt',
    );
    expect(store.text('reports/night-1/report.txt')).toBe('two clusters');
  });
});

describe('createLink', () => {
  it('signs a request for one object that ends after twelve hours', async () => {
    const { access } = await openLiveAws();

    const { url, expiresAt } = await createLink(access, LINK);

    const { host, pathname, searchParams } = new URL(url);
    expect([host, pathname]).toEqual([
      'keyholder-reports.s3.eu-central-1.amazonaws.com',
      '/reports/night-1/a%20b.html',
    ]);
    expect(expiresAt).toBe('2026-11-21T15:00:00Z');
    expect(searchParams.get('X-Amz-Expires')).toBe('43200');
    expect(searchParams.get('X-Amz-SignedHeaders')).toBe('host');
    expect(searchParams.get('X-Amz-Signature')).toMatch(/^[0-9a-f]{64}$/);
  });

  it('says when it ends before that, with the credentials that signed it', async () => {
    const { access } = await openLiveAws();
    const credentials = async () => ({
      ...(await access.credentials()),
      expiration: new Date(AT.getTime() + 3_600_000),
    });

    const { url, expiresAt } = await createLink({ ...access, credentials }, LINK);

    expect(expiresAt).toBe('2026-11-21T04:00:00Z');
    expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('3600');
  });

  it('signs words in place of a body, as S3 computes the signature of a link', async () => {
    const { access } = await openLiveAws();
    const credentials = async () => ({
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'secret',
      sessionToken: 'session',
    });

    const { url } = await createLink({ ...access, credentials }, LINK);

    // Computed by the steps of https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
    expect(new URL(url).searchParams.get('X-Amz-Signature')).toBe(
      '5a5e7542f6386d9ca3d78dd0b414c88e2e9324b82aa47bcf0b0be2c3000dc5cb',
    );
  });

  it('leads to the host names of the partition that the region lies in', async () => {
    const { access } = await openLiveAws();

    const { url } = await createLink({ ...access, region: 'cn-north-1' }, LINK);

    expect(new URL(url).host).toBe('keyholder-reports.s3.cn-north-1.amazonaws.com.cn');
  });
});
