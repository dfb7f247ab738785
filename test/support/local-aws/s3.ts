/** S3, path style: the bucket of a trail, made of the evidence's records, and whatever is put beside. */
import { createHash } from 'node:crypto';
import { AwsError } from './errors.ts';
import { type Fields, fieldsOf, optionalText, textOf } from './fields.ts';
import type { Call, Handlers } from './operations.ts';
import { takePage } from './paging.ts';

export interface StoredObject {
  readonly body: Buffer;
  readonly modifiedAt: string;
  readonly metadata?: Fields;
  readonly contentType?: string | undefined;
}

/** By bucket, then by key. */
export type Buckets = Map<string, Map<string, StoredObject>>;

export function answerS3(buckets: Buckets): Handlers {
  const bucketOf = (call: Call): Map<string, StoredObject> => {
    const found = buckets.get(textOf(call.input, 'Bucket'));
    if (found === undefined) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist');
    return found;
  };
  const objectOf = (call: Call): StoredObject => {
    const found = bucketOf(call).get(textOf(call.input, 'Key'));
    if (found === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.');
    return found;
  };
  return {
    ListObjectsV2: (call) => listObjects(call, bucketOf(call)),
    GetObject: (call) => {
      const found = objectOf(call);
      return { ...headersOf(found), Body: found.body };
    },
    HeadObject: (call) => headersOf(objectOf(call)),
    PutObject: (call) => {
      const bucket = bucketOf(call);
      const key = textOf(call.input, 'Key');
      const { Body: body, Metadata: metadata } = call.input;
      if (call.input.IfNoneMatch === '*' && bucket.has(key)) throw failedPrecondition();
      const current = bucket.get(key);
      if (call.input.IfMatch !== undefined && (current === undefined || call.input.IfMatch !== etagOf(current.body)))
        throw failedPrecondition();
      const contentType = optionalText(call.input, 'ContentType');
      const modifiedAt = new Date(call.now).toISOString();
      const stored = {
        body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
        modifiedAt,
        metadata: fieldsOf(metadata),
        contentType,
      };
      bucket.set(key, stored);
      return { ETag: etagOf(stored.body) };
    },
  };
}

function failedPrecondition(): AwsError {
  return new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    status: 412,
  });
}

function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

function headersOf({ body, modifiedAt, metadata, contentType = 'application/octet-stream' }: StoredObject): Fields {
  return {
    ContentLength: body.length,
    ETag: etagOf(body),
    LastModified: modifiedAt,
    Metadata: metadata,
    ContentType: contentType,
  };
}

interface Listed {
  readonly key: string;
  readonly isPrefix: boolean;
}

/** Keys in order; what shares a delimiter behind the prefix counts as one. */
function listObjects(call: Call, bucket: ReadonlyMap<string, StoredObject>): Fields {
  const prefix = optionalText(call.input, 'Prefix') ?? '';
  const delimiter = optionalText(call.input, 'Delimiter');
  const after = optionalText(call.input, 'StartAfter') ?? '';
  const keys = [...bucket.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const rows = new Map<string, Listed>();
  for (const key of keys) {
    const end = delimiter === undefined ? -1 : key.indexOf(delimiter, prefix.length);
    const shown = end < 0 ? key : key.slice(0, end + 1);
    rows.set(shown, { key: shown, isPrefix: end >= 0 });
  }
  const { items, next } = takePage(call, [...rows.values()], { token: 'ContinuationToken', max: 'MaxKeys' });
  const contents = items
    .filter(({ isPrefix }) => !isPrefix)
    .map(({ key }) => ({ Key: key, ...sizeOf(bucket.get(key)) }));
  const { Bucket: Name, Prefix, Delimiter, StartAfter, ContinuationToken } = call.input;
  return {
    ...{ Name, Prefix, Delimiter, StartAfter, ContinuationToken },
    IsTruncated: next !== undefined,
    NextContinuationToken: next,
    KeyCount: items.length,
    MaxKeys: 1000,
    Contents: contents,
    CommonPrefixes: items.filter(({ isPrefix }) => isPrefix).map(({ key }) => ({ Prefix: key })),
  };
}

function sizeOf(stored: StoredObject | undefined): Fields {
  if (stored === undefined) return {};
  return {
    Size: stored.body.length,
    LastModified: stored.modifiedAt,
    ETag: etagOf(stored.body),
    StorageClass: 'STANDARD',
  };
}
