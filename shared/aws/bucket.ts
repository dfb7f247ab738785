/** A bucket of S3 as a store of objects. */
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { KeyholderError } from '../errors.ts';
import type { ObjectStore } from '../ports.ts';
import { type AwsAccess, createClient } from './access.ts';
import { askedOf, BucketS3, openBucketReader } from './bucket-reader.ts';
import { explainFailure } from './failure.ts';

export function openBucket(access: AwsAccess, bucket: string): ObjectStore {
  const client = createClient(access, BucketS3, access.region);
  return {
    ...openBucketReader(access, bucket),
    async write(key, body) {
      const ContentType = typeOf(key);
      try {
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType }));
      } catch (error) {
        const { reason } = explainFailure(error, askedOf(access, bucket, { action: 's3:PutObject', key }));
        throw new KeyholderError('write-failed', reason, { cause: error });
      }
    },
  };
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['json', 'application/json'],
  ['html', 'text/html; charset=utf-8'],
  ['txt', 'text/plain; charset=utf-8'],
  ['md', 'text/markdown; charset=utf-8'],
  ['csv', 'text/csv; charset=utf-8'],
  ['gz', 'application/gzip'],
]);

/** A browser that follows a link shows what it knows the type of. */
function typeOf(key: string): string {
  return TYPES.get(/[^.]*$/.exec(key)?.[0] ?? '') ?? 'application/octet-stream';
}
