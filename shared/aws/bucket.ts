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

export function openBucket(access: AwsAccess, bucket: string): ObjectStore {
  const client = createClient(access, BucketS3, access.region);
  const asked = (action: string, key: string): Asked => ({
    action,
    resource: `arn:${access.partition}:s3:::${bucket}/${key}`,
    on: `s3://${bucket}/${key}`,
  });
  return {
    async read(key) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return (await Body?.transformToByteArray()) ?? new Uint8Array();
      } catch (error) {
        const failure = explainFailure(error, asked('s3:GetObject', key));
        if (failure.kind === 'missing') return null;
        throw new KeyholderError('read-failed', failure.reason, { cause: error });
      }
    },
    async write(key, body) {
      const ContentType = typeOf(key);
      // The SDK takes an empty text for a stream, and warns of it.
      const Body = typeof body === 'string' ? Buffer.from(body) : body;
      try {
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body, ContentType }));
      } catch (error) {
        const { reason } = explainFailure(error, asked('s3:PutObject', key));
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
        const { reason } = explainFailure(error, asked('s3:ListBucket', prefix));
        throw new KeyholderError('read-failed', reason, { cause: error });
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
