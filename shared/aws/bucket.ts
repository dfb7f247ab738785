/** A bucket of S3 as a store of objects. */
import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { KeyholderError } from '../errors.ts';
import type { ObjectStore } from '../ports.ts';
import { type AwsAccess, type ClientConfig, createClient } from './access.ts';
import { type Asked, explainFailure } from './failure.ts';

/** Host names of buckets lead nowhere where another endpoint stands in for AWS. */
class BucketS3 extends S3Client {
  constructor(config: ClientConfig) {
    super({ ...config, forcePathStyle: config.endpoint !== undefined });
  }
}

type Reader = Pick<ObjectStore, 'read'>;

/** Apart from the rest: what only reads needs no right to write or to list, and carries no code for it. */
export function openBucketReader(access: AwsAccess, bucket: string): Reader {
  const client = createClient(access, BucketS3, access.region);
  return {
    async read(key) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return (await Body?.transformToByteArray()) ?? new Uint8Array();
      } catch (error) {
        const failure = explainFailure(error, askedOf(access, bucket, { action: 's3:GetObject', key }));
        if (failure.kind === 'missing') return null;
        throw new KeyholderError('read-failed', failure.reason, { cause: error });
      }
    },
  };
}

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
    async list(prefix) {
      const keys: string[] = [];
      try {
        for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
          for (const { Key } of Contents) if (Key !== undefined) keys.push(Key);
        }
        return keys;
      } catch (error) {
        const { reason } = explainFailure(error, askedOf(access, bucket, { action: 's3:ListBucket', key: prefix }));
        throw new KeyholderError('read-failed', reason, { cause: error });
      }
    },
  };
}

function askedOf(
  access: AwsAccess,
  bucket: string,
  { action, key }: { readonly action: string; readonly key: string },
): Asked {
  return { action, resource: `arn:${access.partition}:s3:::${bucket}/${key}`, on: `s3://${bucket}/${key}` };
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
