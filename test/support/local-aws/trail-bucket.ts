/** CloudTrail records into the files that a trail would have written: five minutes a file, under the day of delivery. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Estate } from './estate.ts';
import type { Fields } from './fields.ts';
import type { Call } from './operations.ts';
import type { StoredObject } from './s3.ts';

export interface TrailBucket {
  readonly bucket: string;
  readonly prefix?: string;
  /** Of an organisation trail. */
  readonly organizationId?: string;
}

const FILE_MS = 300_000;

export function fillTrailBucket(estate: Estate, trail: TrailBucket): Map<string, StoredObject> {
  const files = new Map<string, { readonly deliveredAt: number; readonly records: Fields[] }>();
  for (const [account, { records }] of estate.accounts) {
    for (const record of records) {
      const deliveredAt = (Math.floor(Date.parse(String(record.eventTime)) / FILE_MS) + 1) * FILE_MS;
      const key = nameFile(trail, { account, region: String(record.awsRegion), deliveredAt });
      const file = files.get(key) ?? { deliveredAt, records: [] };
      file.records.push(record);
      files.set(key, file);
    }
  }
  const objects = [...files].map(([key, { deliveredAt, records }]) => {
    const body = gzipSync(JSON.stringify({ Records: records }));
    return [key, { body, modifiedAt: new Date(deliveredAt).toISOString(), contentType: 'application/json' }] as const;
  });
  return new Map(objects);
}

/** The trail that writes the bucket: one for all regions, as describe-trails prints it. */
export function describeTrail({ bucket, prefix, organizationId }: TrailBucket, { account, region }: Call): Fields {
  return {
    Name: 'audit',
    S3BucketName: bucket,
    S3KeyPrefix: prefix,
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: true,
    HomeRegion: region,
    TrailARN: `arn:aws:cloudtrail:${region}:${account}:trail/audit`,
    LogFileValidationEnabled: true,
    HasCustomEventSelectors: false,
    HasInsightSelectors: false,
    IsOrganizationTrail: organizationId !== undefined,
  };
}

interface Place {
  readonly account: string;
  readonly region: string;
  readonly deliveredAt: number;
}

function nameFile({ prefix, organizationId }: TrailBucket, { account, region, deliveredAt }: Place): string {
  const at = new Date(deliveredAt).toISOString();
  const day = at.slice(0, 10).replaceAll('-', '/');
  const minute = `${at.slice(0, 10)}T${at.slice(11, 16)}Z`.replace(/[-:]/g, '');
  const unique = createHash('sha256')
    .update(`${account} ${region} ${at}`)
    .digest('base64url')
    .replace(/[-_]/g, 'x')
    .slice(0, 16);
  const file = `${account}_CloudTrail_${region}_${minute}_${unique}.json.gz`;
  return [prefix, 'AWSLogs', organizationId, account, 'CloudTrail', region, day, file]
    .filter((part) => part !== undefined)
    .join('/');
}
