/** A bucket of S3, for those who only read it: they need no right to write, and carry no code for it. */
import { GetObjectCommand, NoSuchKey, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { KeyholderError } from '../errors.ts';
import type { ObjectStore } from '../ports.ts';
import { type AwsAccess, type ClientConfig, createClient } from './access.ts';
import { type Asked, explainFailure } from './failure.ts';

/** The SDK takes an empty body for a stream without an end, and would tell every run so. */
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {}

/** Host names of buckets lead nowhere where another endpoint stands in for AWS. */
export class BucketS3 extends S3Client {
  constructor(config: ClientConfig) {
    super({ ...config, forcePathStyle: config.endpoint !== undefined, logger: SILENT });
  }
}

export function openBucketReader(access: AwsAccess, bucket: string): Pick<ObjectStore, 'read' | 'list'> {
  const client = createClient(access, BucketS3, access.region);
  return {
    async read(key) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return (await Body?.transformToByteArray()) ?? new Uint8Array();
      } catch (error) {
        if (error instanceof NoSuchKey) return null;
        const { reason } = explainFailure(error, askedOf(access, bucket, { action: 's3:GetObject', key }));
        throw new KeyholderError('read-failed', reason, { cause: error });
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

interface AskedKey {
  readonly action: string;
  readonly key: string;
}

export function askedOf({ partition }: AwsAccess, bucket: string, { action, key }: AskedKey): Asked {
  return { action, resource: `arn:${partition}:s3:::${bucket}/${key}`, on: `s3://${bucket}/${key}` };
}
